import { expect, it } from "vitest";
import { mustReload } from "./must-reload";

function tabStorage() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return () => storage;
}

it("leaves a page alone whose viewer is the connection's user", () => {
  expect(mustReload({ viewerId: "mia", speaker: "mia" }, tabStorage())).toBe(false);
});

it.each(["sam", null])(
  "loads Mia's page again where the connection's user is %s, once: a page that stays hers would load for ever",
  (speaker) => {
    const storage = tabStorage();
    const loads = [1, 2, 3].map(() => mustReload({ viewerId: "mia", speaker }, storage));
    expect(loads).toEqual([true, false, false]);
  },
);

it("does so again after it has gone well", () => {
  const storage = tabStorage();
  mustReload({ viewerId: "mia", speaker: "sam" }, storage);
  mustReload({ viewerId: "sam", speaker: "sam" }, storage);
  expect(mustReload({ viewerId: "mia", speaker: "sam" }, storage)).toBe(true);
});

it("leaves a page alone where the browser keeps nothing", () => {
  const blocked = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  expect(mustReload({ viewerId: "mia", speaker: "sam" }, blocked)).toBe(false);
});
