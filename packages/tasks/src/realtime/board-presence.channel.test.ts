import { validate } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { boardPresence } from "./board-presence.channel.js";
import { taskListChannel } from "./task-entity.channel.js";

const validated = (meta: unknown) => validate(boardPresence.inbound["presence:heartbeat"], { meta });

it("is the board's own sibling, with the board's scope", () => {
  expect(boardPresence.name).toBe("presence:entity:task");
  expect([boardPresence.of, boardPresence.scope]).toEqual([taskListChannel, "authenticated"]);
});

it("takes the card one looks at, or none", async () => {
  expect(await validated({ looksAt: "a" })).toMatchObject({ fits: true, value: { meta: { looksAt: "a" } } });
  expect(await validated({})).toMatchObject({ fits: true });
});

it.each([{ name: "Sam" }, { hue: 1 }, { userId: "sam" }, { looksAt: "no id" }])("takes no %j", async (meta) => {
  expect(await validated(meta)).toMatchObject({ fits: false });
});
