import { expect, it } from "vitest";
import { notificationDraft } from "./notification-draft";

const whyNot = (draft: unknown) => notificationDraft.safeParse(draft).error?.issues[0]?.message;

it("takes a text for a user, trimmed", () => {
  expect(notificationDraft.parse({ to: "ada", text: "  hello " })).toEqual({ to: "ada", text: "hello" });
});

it.each([
  [{ to: "", text: "hello" }, "Enter the receiver."],
  [{ to: "ada", text: "  " }, "Write something first."],
  [{ to: "ada", text: "x".repeat(281) }, "Keep it to 280 characters."],
])("names what is wrong with %j", (draft, why) => {
  expect(whyNot(draft)).toBe(why);
});

it("takes no sender from outside", () => {
  expect(whyNot({ to: "ada", text: "hello", from: "the boss" })).toMatch(/from/);
});
