import { describe } from "vitest";
import { severalClientsCases } from "./several-clients.cases";
import { frameExchangeCases } from "./frame-exchange.cases";
import { admissionCases } from "./admission.cases";
import { drainCases } from "./drain.cases";
import { gateCases } from "./gate.cases";
import { heartbeatCases } from "./heartbeat.cases";
import { historyCases } from "./history.cases";
import { hostileCases } from "./hostile.cases";
import { completeDeliveryCases } from "./complete-delivery.cases";
import { leaseCases } from "./lease.cases";
import { limitCases } from "./limit.cases";
import { newConnectionCases } from "./new-connection.cases";
import { overflowCases } from "./overflow.cases";
import { raceCases } from "./race.cases";
import { refreshCases } from "./refresh.cases";
import { replyCases } from "./reply.cases";
import { slowReaderCases } from "./slow-reader.cases";
import type { MakeTransport } from "./transport-under-test";

const TIMEOUT_MS = 60_000; // a case waits for each thing 15 s at most; some move megabytes over a busy machine

/**
 * What every transport must do; an adapter's test file is one call.
 * @example transportContract("ws", makeWsUnderTest);
 */
export function transportContract(name: string, make: MakeTransport): void {
  describe(`${name} keeps the transport contract`, { timeout: TIMEOUT_MS }, () => {
    gateCases(make);
    admissionCases(make);
    newConnectionCases(make);
    frameExchangeCases(make);
    hostileCases(make);
    limitCases(make);
    raceCases(make);
    replyCases(make);
    leaseCases(make);
    refreshCases(make);
    historyCases(make);
    completeDeliveryCases(make);
    severalClientsCases(make);
    heartbeatCases(make);
    slowReaderCases(make);
    overflowCases(make);
    drainCases(make);
  });
}
