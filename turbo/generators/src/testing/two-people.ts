/** A test that a feature's author might write: the bound feature, served without a port, between two people. */
export const TWO_PEOPLE_TEST = `import { noopLogger, noopTracer } from "@repo/core-observability";
import { createRealtimeHarness, RecordingEventBus } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { bindProductionOrders, boardChannel, orderNoteChannel, statusChannel } from "./index";

const users = { ada: { userId: "ada", roles: ["staff"] }, bob: { userId: "bob", roles: [] } };

async function open() {
  const deps = { bus: new RecordingEventBus(), tracer: noopTracer, logger: noopLogger };
  const harness = await createRealtimeHarness({
    users,
    handlers: ({ registry, broadcaster: realtime }) => bindProductionOrders({ registry, realtime, ...deps }),
  });
  onTestFinished(() => harness.close());
  return { ada: await harness.client("ada"), bob: await harness.client("bob"), nobody: await harness.client() };
}

it("carries what one says to the other", async () => {
  const { ada, bob } = await open();
  for (const client of [ada, bob]) await client.subscribe(statusChannel);
  await ada.send(statusChannel, { text: "hello bob" });
  expect(await bob.nextMessage(statusChannel)).toMatchObject({
    payload: { text: "hello bob" },
    sender: { type: "user", id: "ada" },
  });
});

it("refuses whom the scopes refuse, and what the schemas refuse", async () => {
  const { ada, bob, nobody } = await open();
  await expect(nobody.subscribe(statusChannel)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(bob.subscribe(boardChannel)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(bob.subscribe(orderNoteChannel.at({ ownerId: "ada" }))).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await ada.subscribe(boardChannel);
  const tooLong = ada.send(boardChannel, { text: "x".repeat(281) });
  await expect(tooLong).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
});
`;
