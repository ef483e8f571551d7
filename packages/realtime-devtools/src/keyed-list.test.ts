// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { KeyedList } from "./keyed-list.js";

const items = ["a", "b", "c", "d"].map((name) => ({ name }));

function listOf() {
  const element = document.createElement("ol");
  const list = new KeyedList<{ readonly name: string }>(element, ({ name }) => {
    const entry = document.createElement("li");
    entry.textContent = name;
    return entry;
  });
  const show = (names: string) => list.show(items.filter(({ name }) => names.includes(name)));
  return { show, shown: () => element.textContent, entries: () => [...element.children] };
}

it("shows the newest first, also items that a filter has left out before", () => {
  const { show, shown } = listOf();
  show("bd");
  expect(shown()).toBe("db");
  show("abcd");
  expect(shown()).toBe("dcba");
  show("ac");
  expect(shown()).toBe("ca");
});

it("keeps the elements of what is shown already", () => {
  const { show, entries } = listOf();
  show("bd");
  const [d, b] = entries();
  show("abcd");
  expect([entries()[0], entries()[2]]).toEqual([d, b]);
  expect(entries()[0]).toBe(d);
});
