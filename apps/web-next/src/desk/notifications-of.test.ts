import type { EnvelopeFrame } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { INITIAL_STATE } from "../live/live-state";
import { notificationsOf } from "./notifications-of";

const inbox = "notifications.user.mia";
const frame = (id: string, event: string, payload: unknown): EnvelopeFrame => ({
  type: "message",
  id,
  channel: inbox,
  event,
  payload,
  at: 1_000,
  sender: { type: "system" },
});
const arrived = (id: string) => frame(`frame ${id}`, "arrived", { id, from: "sam", text: `text ${id}` });
const ids = (messages: readonly EnvelopeFrame[], opening?: unknown) =>
  notificationsOf({ ...INITIAL_STATE, messages, channels: { [inbox]: { kind: "joined", opening } } }, inbox).map(
    ({ id, isRead }) => (isRead ? `${id} (read)` : id),
  );

it("shows the newest first, after the sample data of development", () => {
  expect(ids([arrived("1"), arrived("2")], [{ id: "welcome", from: "fourgate", text: "Hello" }])).toEqual([
    "2",
    "1",
    "welcome",
  ]);
});

it("marks as read what any tab has read", () => {
  expect(ids([arrived("1"), arrived("2"), frame("r", "read", { id: "1" })])).toEqual(["2", "1 (read)"]);
});

it("takes nothing from other channels", () => {
  expect(ids([{ ...arrived("x"), channel: "notifications.user.sam" }])).toEqual([]);
});
