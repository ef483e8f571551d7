import { createRealtimeHarness } from "fourgate/testing";
import { expect, it } from "vitest";
import { inboxChannel } from "./inbox.channel.js";
import { bindInbox, notify, type Notifications } from "./inbox.js";

const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } };
const inbox = inboxChannel.at({ userId: "mia" });

function inMemory(): Notifications {
  let rows: Awaited<ReturnType<Notifications["newest"]>> = [];
  return {
    add: async (_, row) => void rows.push(row),
    newest: async () => rows,
    markRead: async (_, id) => void (rows = rows.map((row) => (row.id === id ? { ...row, isRead: true } : row))),
  };
}

it("reaches every device of one person and nobody else, and is read on all", async () => {
  const notifications = inMemory();
  const harness = await createRealtimeHarness({
    users,
    handlers: ({ registry }) => bindInbox(registry, notifications),
  });
  const phone = await harness.client("mia");
  const laptop = await harness.client("mia");
  const sam = await harness.client("sam");
  await phone.subscribe(inbox);
  await laptop.subscribe(inbox);
  await expect(sam.subscribe(inbox)).rejects.toMatchObject({ code: "UNAUTHORIZED" });

  await notify({ notifications, realtime: harness.realtime.broadcaster }, "mia", { id: "7", text: "Hello" });
  expect(await phone.nextMessage(inbox)).toMatchObject({ event: "arrived", payload: { text: "Hello" } });
  await phone.send(inbox, "read", { id: "7" });
  expect(await laptop.nextMessage(inbox)).toMatchObject({ event: "arrived" });
  expect(await laptop.nextMessage(inbox)).toMatchObject({ event: "read", payload: { id: "7" } });

  const tablet = await harness.client("mia");
  expect(await tablet.subscribe(inbox)).toMatchObject({ opening: [{ id: "7", isRead: true }] });
  await harness.close();
});
