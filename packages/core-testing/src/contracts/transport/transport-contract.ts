import { describe } from "vitest";
import { conversationCases } from "./conversation.cases";
import { doorCases } from "./door.cases";
import { drainCases } from "./drain.cases";
import { gateCases } from "./gate.cases";
import { historyCases } from "./history.cases";
import { hostileCases } from "./hostile.cases";
import { leaseCases } from "./lease.cases";
import { limitCases } from "./limit.cases";
import { raceCases } from "./race.cases";
import { refreshCases } from "./refresh.cases";
import { replyCases } from "./reply.cases";
import { slowReaderCases } from "./slow-reader.cases";
import type { MakeTransport } from "./transport-under-test";

/**
 * What every transport must do; an adapter's test file is one call.
 * @example transportContract("ws", makeWsUnderTest);
 */
export function transportContract(name: string, make: MakeTransport): void {
  describe(`${name} keeps the transport contract`, () => {
    gateCases(make);
    doorCases(make);
    conversationCases(make);
    hostileCases(make);
    limitCases(make);
    raceCases(make);
    replyCases(make);
    leaseCases(make);
    refreshCases(make);
    historyCases(make);
    slowReaderCases(make);
    drainCases(make);
  });
}
