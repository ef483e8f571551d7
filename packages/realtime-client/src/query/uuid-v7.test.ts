import { expect, it } from "vitest";
import { uuidV7 } from "./uuid-v7.js";

it("is a UUID of version 7 with its time", () => {
  const id = uuidV7(Date.UTC(2100, 0, 1));
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2100, 0, 1));
});

it("keeps the order of the calls, also within a millisecond and where the clock goes back", () => {
  const now = Date.UTC(2101, 0, 1);
  const ids = [...Array.from({ length: 10_000 }, () => uuidV7(now)), uuidV7(now - 5_000), uuidV7(now + 5_000)];
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
