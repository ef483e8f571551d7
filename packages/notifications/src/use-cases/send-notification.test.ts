import { RecordingEventBus } from "@repo/core-testing";
import { expect, it } from "vitest";
import { sendNotification } from "./send-notification";

const wired = () => {
  const bus = new RecordingEventBus();
  return { bus, send: sendNotification({ bus, isUser: (userId) => userId === "bob", newId: () => "n-1" }) };
};

it("publishes on the bus what was sent, with sender and recipient", async () => {
  const { bus, send } = wired();
  await expect(send({ to: "bob", text: "hello" }, "ada")).resolves.toEqual({ sent: true, id: "n-1" });
  expect(bus.published).toEqual([
    { name: "notification.sent", payload: { id: "n-1", from: "ada", to: "bob", text: "hello" } },
  ]);
});

it("publishes nothing where there is no such user, and refuses the sender", async () => {
  const { bus, send } = wired();
  await expect(send({ to: "eve", text: "hello" }, "ada")).resolves.toEqual({
    sent: false,
    why: 'There is no user called "eve" here.',
  });
  expect(bus.published).toEqual([]);
});
