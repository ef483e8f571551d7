import { describe } from "vitest";
import type { MakeBroker } from "./broker-under-test";
import { commandCases } from "./command.cases";
import { deliveryCases } from "./delivery.cases";
import { isolationCases } from "./isolation.cases";
import { lossCases } from "./loss.cases";
import { membershipCases } from "./membership.cases";
import { noNetworkCases } from "./no-network.cases";
import { randomFaultCases } from "./random-fault.cases";

/** What a broker may declare to lack. */
export type BrokerLack =
  /** Its nodes share one process: nothing can be lost, and no node cut off. */
  "network";

/** How much of the contract an implementation is held to. */
export interface BrokerContractOptions {
  /** What it is proved to lack. */
  readonly lacks?: readonly BrokerLack[];
  /** A run of random faults for each; default six. A slow broker takes fewer. */
  readonly randomSeeds?: readonly number[];
}

/**
 * What every broker must do; an implementation's test file is one call.
 * @example brokerContract("redis", makeRedisCluster);
 */
export function brokerContract(
  name: string,
  make: MakeBroker,
  { lacks = [], randomSeeds = [11, 12, 13, 14, 15, 16] }: BrokerContractOptions = {},
): void {
  describe(`${name} keeps the broker contract`, () => {
    deliveryCases(make);
    commandCases(make);
    membershipCases(make);
    if (lacks.includes("network")) return noNetworkCases(make);
    lossCases(make);
    isolationCases(make);
    randomFaultCases(make, randomSeeds);
  });
}
