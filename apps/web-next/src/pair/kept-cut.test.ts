import { expect, it } from "vitest";
import { keepCut, wasCut } from "./kept-cut";

it("keeps for each person whether their connection was cut, until it is restored", () => {
  const kept = new Map<string, string>();
  const tab = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  keepCut("sam", true, () => tab);
  expect([wasCut("sam", () => tab), wasCut("mia", () => tab)]).toEqual([true, false]);
  keepCut("sam", false, () => tab);
  expect(wasCut("sam", () => tab)).toBe(false);
});

it("takes a connection for restored where the browser keeps nothing", () => {
  const blocked = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  keepCut("sam", true, blocked);
  expect(wasCut("sam", blocked)).toBe(false);
});
