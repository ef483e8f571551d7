import { describe } from "vitest";
import { absenceCases } from "./absence.cases";
import { gapCases } from "./gap.cases";
import { lifetimeCases } from "./lifetime.cases";
import { orderCases } from "./order.cases";
import type { HistoryLack, MakeHistory } from "./history-under-test";

/**
 * What every history must do; an implementation's test file is one call. What it `lacks` it is proved to lack.
 * @example historyContract("redis", makeRedisHistory);
 */
export function historyContract(name: string, make: MakeHistory, lacks: readonly HistoryLack[] = []): void {
  describe(`${name} keeps the history contract`, () => {
    if (lacks.includes("memory")) return absenceCases(make);
    orderCases(make);
    gapCases(make);
    lifetimeCases(make);
  });
}
