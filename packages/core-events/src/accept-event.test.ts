import { expect, it } from "vitest";
import { z } from "zod";
import { acceptEvent } from "./accept-event";
import { defineEvent } from "./event-definition";

const paid = defineEvent({
  name: "order.paid",
  payload: z.object({ lines: z.array(z.object({ cents: z.coerce.number() })) }),
});
const stamp = { id: "id-1", at: 1_000 };

it("passes on the schema's output, not what came in", async () => {
  const accepted = await acceptEvent(paid, { lines: [{ cents: "250" }] }, stamp);
  expect(accepted).toEqual({ name: "order.paid", id: "id-1", at: 1_000, payload: { lines: [{ cents: 250 }] } });
  expect(Object.isFrozen(accepted)).toBe(true);
});

it("names the event and the path of every issue, and keeps the issues as the cause", async () => {
  const refused = acceptEvent(paid, { lines: [{ cents: "many" }, { cents: "few" }] }, stamp);
  await expect(refused).rejects.toThrow(/"order\.paid".*lines\.0\.cents: .*; lines\.1\.cents: /);
  await expect(refused).rejects.toMatchObject({ name: "TypeError", cause: [{}, {}] });
});
