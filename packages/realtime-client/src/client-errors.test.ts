import { expect, it, vi } from "vitest";
import { scriptedClient } from "./testing/scripted-client.js";

const FOREIGN = {
  code: "ORIGIN_REFUSED",
  message: "Pages of this origin may not connect here.",
  retry: "never",
} as const;
const RESTARTING = { code: "DRAINING", message: "The server is restarting.", retry: "later" } as const;

it("reports why the server refused the connection, once, and keeps it in the state", async () => {
  const { client, transport, clock, onError } = scriptedClient();
  const listener = vi.fn();
  const undo = client.on("error", listener);
  client.connect();
  await clock.advanceAsync(0);
  transport.link.break(4503, FOREIGN);
  expect(client.state).toMatchObject({ status: "stopped", error: FOREIGN });
  expect(listener.mock.calls).toEqual([[expect.objectContaining({ name: "RealtimeRefusal", ...FOREIGN })]]);
  expect(onError).not.toHaveBeenCalled();
  undo();
  client.connect();
  await clock.advanceAsync(0);
  transport.link.break(4503, FOREIGN);
  expect(listener).toHaveBeenCalledOnce();
});

it("keeps the reason while it waits and while the next attempt is under way", async () => {
  const { client, transport, clock, connect } = scriptedClient();
  const listener = vi.fn();
  client.on("error", listener);
  await connect();
  transport.link.break(4100, RESTARTING);
  expect(client.state).toMatchObject({ status: "waiting", error: RESTARTING });
  await clock.advanceAsync(500);
  expect(client.state).toMatchObject({ status: "connecting", error: RESTARTING });
  expect(listener).toHaveBeenCalledOnce();
  transport.link.welcome("mia");
  expect(client.state.error).toBeUndefined();
});

it("reports what a listener throws to the error listeners and to onError", async () => {
  const { client, transport, connect, onError } = scriptedClient();
  const listener = vi.fn();
  client.on("error", listener);
  client.watch(() => {
    throw new Error("a listener's own");
  });
  await connect();
  expect(transport.link).toBeDefined();
  expect(onError).toHaveBeenCalledWith(new Error("a listener's own"));
});
