import { judge } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { boardPresence } from "./board-presence.channel.js";
import { taskListChannel } from "./task-entity.channel.js";

const said = (meta: unknown) => judge(boardPresence.inbound["presence:heartbeat"], { meta });

it("is the board's own sibling, with the board's scope", () => {
  expect(boardPresence.name).toBe("presence:entity:task");
  expect([boardPresence.of, boardPresence.scope]).toEqual([taskListChannel, "authenticated"]);
});

it("takes a name, a hue and the card one looks at", async () => {
  expect(await said({ name: " Mia ", hue: 262, looksAt: "a" })).toMatchObject({
    fits: true,
    value: { meta: { name: "Mia" } },
  });
  expect(await said({ name: "Mia", hue: 262 })).toMatchObject({ fits: true });
});

it.each([
  { name: "", hue: 1 },
  { name: "x".repeat(61), hue: 1 },
  { name: "Mia", hue: 360 },
  { name: "Mia", hue: 1, looksAt: "no id" },
  { name: "Mia", hue: 1, role: "staff" },
])("takes no %j", async (meta) => {
  expect(await said(meta)).toMatchObject({ fits: false });
});
