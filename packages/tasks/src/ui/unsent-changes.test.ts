import { expect, it } from "vitest";
import { keepUnsent, takeUnsent } from "./unsent-changes.js";

function storage() {
  const kept = new Map<string, string>();
  const tab = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return () => tab;
}

it("gives the next page what was not acknowledged, once", () => {
  const tab = storage();
  keepUnsent("mia", ["new card “one”", "“two” renamed to “three”"], tab);
  expect([takeUnsent("mia", tab), takeUnsent("mia", tab)]).toEqual([
    ["new card “one”", "“two” renamed to “three”"],
    [],
  ]);
});

it("gives nothing where everything was acknowledged", () => {
  const tab = storage();
  keepUnsent("mia", ["new card “one”"], tab);
  keepUnsent("mia", [], tab);
  expect(takeUnsent("mia", tab)).toEqual([]);
});

it("keeps apart what two people of one page have left", () => {
  const tab = storage();
  keepUnsent("mia", ["new card “one”"], tab);
  keepUnsent("sam", ["new card “two”"], tab);
  keepUnsent("sam", [], tab);
  expect([takeUnsent("sam", tab), takeUnsent("mia", tab)]).toEqual([[], ["new card “one”"]]);
});

it.each(["no JSON", "7", "[7]"])("minds no storage that holds %s", (value) => {
  const tab = storage();
  tab().setItem("fourgate board unsent of mia", value);
  expect(takeUnsent("mia", tab)).toEqual([]);
});

it("minds no browser that keeps nothing", () => {
  const blocked = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  keepUnsent("mia", ["new card “one”"], blocked);
  expect(takeUnsent("mia", blocked)).toEqual([]);
});
