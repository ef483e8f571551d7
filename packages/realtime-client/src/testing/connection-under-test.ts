import { FakeClock } from "@repo/core-testing";
import { vi } from "vitest";
import { createConnection, type ConnectionDeps } from "../connection/create-connection.js";
import { ScriptedTransport } from "./scripted-transport.js";

/** A connection whose server and clock are controlled by the test. */
export function connectionUnderTest(rest: Partial<ConnectionDeps> = {}) {
  const clock = new FakeClock();
  const transport = new ScriptedTransport();
  const [onState, onFrame, onError] = [vi.fn(), vi.fn(), vi.fn()];
  let id = 0;
  const connection = createConnection({
    url: "/realtime",
    transports: [transport],
    clock,
    random: () => 0.5,
    nextId: () => `${++id}`,
    onState,
    onFrame,
    onError,
    ...rest,
  });
  const connect = async () => {
    connection.dispatch({ type: "connect" });
    await clock.advanceAsync(0);
  };
  return { clock, transport, connection, connect, onState, onFrame, onError };
}
