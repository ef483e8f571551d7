import { expect, it } from "vitest";
import { contentDigest } from "./content-digest.js";
import { each } from "./each.js";
import { html, raw } from "./html.js";
import type { Slot } from "./template-result.js";

const page = (slot: Slot, title = "t") => html`<p title="${title}" ?hidden="${title}">${slot}</p>`;
const digestOf = (slot: Slot, title?: string) => contentDigest(page(slot, title), "p");

it("gives equal pages an equal digest", () => {
  expect(digestOf("a")).toBe(digestOf(["a", null]));
  expect(digestOf(1)).toBe(digestOf("1"));
  const rows = () => each([1, 2], String, (n) => html`<b>${n}</b>`);
  expect(digestOf(rows())).toBe(digestOf(rows()));
});

it("gives pages that differ in anything another digest", () => {
  const row = (n: number) => html`<b>${n}</b>`;
  const slots: readonly Slot[] = [
    "",
    "a",
    "b",
    html`a`,
    html`b`,
    html`${"a"}`,
    raw("a"),
    raw("b"),
    each([1, 2], String, row),
    each([2, 1], String, row),
    each([1, 2], (n) => n + 1, row),
    [html`a`, html`b`],
    [html`a`, "b"],
    "1:a\n1:b",
    ["x", html`1:a`],
  ];
  const digests = slots.map((slot) => digestOf(slot));
  expect(new Set(digests).size).toBe(slots.length);
  expect(digestOf("a", "")).not.toBe(digestOf("a", "t"));
  expect(contentDigest(page("a"), "p")).not.toBe(contentDigest(page("a"), "q"));
});

it("does not take text for the values around it", () => {
  const two = (one: string, other: string) => contentDigest(html`<p>${one}${other}</p>`, "p");
  const pair = (one: string, other: string) => contentDigest(html`<p title="${one}" class="${other}"></p>`, "p");
  for (const digest of [two, pair]) expect(digest("x\ny", "z")).not.toBe(digest("x", "y\nz"));
});
