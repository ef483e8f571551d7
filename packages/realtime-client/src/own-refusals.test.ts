import { expect, it } from "vitest";
import { isRefusal, RealtimeRefusal } from "./index.js";
import { clientOf, nodeUnderTest } from "./testing/node-under-test.js";
import { list } from "./testing/test-channels.js";

it("receives a channel's own refusal with its reason and data", async () => {
  const client = clientOf(await nodeUnderTest());
  const handle = client.channel("lists.{listId}", { listId: "7" }, { ask: { page: 1 } });
  handle.subscribe(() => undefined);
  const error: unknown = await handle.publish({ row: "a", version: 3 }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(RealtimeRefusal);
  expect(error).toMatchObject({ code: "REFUSED", reason: "CONFLICT", data: { version: 7 } });
  expect(isRefusal<typeof list, "CONFLICT">(error, undefined, "CONFLICT") && error.data.version).toBe(7);
  expect(isRefusal(error, list, "CONFLICT")).toBe(true);
  expect(isRefusal<typeof list, "FULL">(error, undefined, "FULL")).toBe(false);
  client.disconnect();
});

it("is no refusal of a channel that does not declare the code, nor of another code of the table", () => {
  const wire = { message: "", retry: "never", reason: "CONFLICT", data: {} } as const;
  const refused = new RealtimeRefusal({ ...wire, code: "REFUSED" });
  const other = { ...list, errors: undefined } as unknown as typeof list;
  expect([isRefusal(refused, list, "CONFLICT"), isRefusal(refused, other, "CONFLICT")]).toEqual([true, false]);
  expect(isRefusal(new RealtimeRefusal({ ...wire, code: "UNAUTHORIZED" }), list, "CONFLICT")).toBe(false);
});

it.each([undefined, null, "CONFLICT", new Error("CONFLICT"), { reason: "CONFLICT" }])("is no refusal: %s", (error) => {
  expect(isRefusal<typeof list, "CONFLICT">(error, undefined, "CONFLICT")).toBe(false);
});
