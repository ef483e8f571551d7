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

it("leaves a page alone whose viewer is who speaks", () => {
  expect(mustReload({ viewerId: "mia", speaker: "mia" }, tabStorage())).toBe(false);
});

it.each(["sam", null])(
  "loads Mia's page anew where %s speaks, once: a page that stays hers would go on for ever",
  (speaker) => {
    const storage = tabStorage();
    const asked = [1, 2, 3].map(() => mustReload({ viewerId: "mia", speaker }, storage));
    expect(asked).toEqual([true, false, false]);
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
