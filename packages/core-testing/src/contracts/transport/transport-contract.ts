import { describe } from "vitest";
import { conversationCases } from "./conversation.cases";
import { doorCases } from "./door.cases";
import { gateCases } from "./gate.cases";
import { hostileCases } from "./hostile.cases";
import { limitCases } from "./limit.cases";
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
  });
}
