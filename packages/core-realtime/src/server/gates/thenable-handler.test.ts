import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

it("waits for a handler's promise that is not the language's own", async () => {
  const board = defineRealtimeChannel({ name: "board", scope: "public", payload: z.string(), inbound: z.string() });
  const { realtime, enter } = await nodeUnderTest();
  const query = { then: (resolve: (row: string) => void) => resolve("row") } as Promise<string>;
  realtime.registry.register(board, () => query);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "board" });
  expect(await mia.request({ type: "message", channel: "board", payload: "x" })).toMatchObject({
    ok: true,
    result: "row",
  });
});
