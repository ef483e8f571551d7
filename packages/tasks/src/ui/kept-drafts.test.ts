import { expect, it } from "vitest";
import { keepDrafts, keptDrafts } from "./kept-drafts.js";

function tabStorage(kept = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return () => storage;
}

const draft = { taskId: "a", text: "Somebody else has changed it meanwhile.", draft: "green", isConflict: true };

it("gives the next page what was refused, until it is seen to", () => {
  const storage = tabStorage();
  keepDrafts("mia", [draft], storage);
  expect([keptDrafts("mia", storage), keptDrafts("mia", storage)]).toEqual([[draft], [draft]]);
  expect(keptDrafts("sam", storage)).toEqual([]);
  keepDrafts("mia", [], storage);
  expect(keptDrafts("mia", storage)).toEqual([]);
});

it("gives nothing where a browser keeps nothing, or something else", () => {
  const blocked = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  keepDrafts("mia", [draft], blocked);
  expect([
    keptDrafts("mia", blocked),
    keptDrafts("mia", tabStorage(new Map([["fourgate board drafts of mia", '[{"text":7},null,"a"]']]))),
  ]).toEqual([[], []]);
});
