import { expect, it } from "vitest";
import { InMemoryStateStore } from "../index.js";
import { board, counter, serve } from "./served-pages.js";

it("replies to HEAD as to GET, and keeps no page for it", async () => {
  const store = new InMemoryStateStore();
  const { call } = await serve([counter, board], { store });
  const head = { method: "HEAD" };
  const reply = await call("/counter", head);
  expect([reply.status, reply.headers.get("content-type"), reply.headers.get("set-cookie")]).toEqual([
    200,
    "text/html; charset=utf-8",
    null,
  ]);
  expect((await call("/boards/7", head)).status).toBe(401);
  expect((await call("/boards/x", { ...head, headers: { authorization: "Bearer mia" } })).status).toBe(404);
  expect(store.size.entries).toBe(0);
  await call("/counter");
  expect(store.size.entries).toBe(1);
});
