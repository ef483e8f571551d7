import { judge } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { boardPresence } from "./board-presence.channel.js";
import { taskListChannel } from "./task-entity.channel.js";

const judged = (meta: unknown) => judge(boardPresence.inbound["presence:heartbeat"], { meta });

it("is the board's own sibling, with the board's scope", () => {
  expect(boardPresence.name).toBe("presence:entity:task");
  expect([boardPresence.of, boardPresence.scope]).toEqual([taskListChannel, "authenticated"]);
});

it("takes the card one looks at, or none", async () => {
  expect(await judged({ looksAt: "a" })).toMatchObject({ fits: true, value: { meta: { looksAt: "a" } } });
  expect(await judged({})).toMatchObject({ fits: true });
});

it.each([{ name: "Sam" }, { hue: 1 }, { userId: "sam" }, { looksAt: "no id" }])("takes no %j", async (meta) => {
  expect(await judged(meta)).toMatchObject({ fits: false });
});
