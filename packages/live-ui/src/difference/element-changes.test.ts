import { expect, it } from "vitest";
import { each } from "../template/each.js";
import { html } from "../template/html.js";
import { difference } from "./difference.js";

it("gives texts and attributes as a parser reads them from HTML", () => {
  const page = (text: string) => html`<p title="${text}">${text}</p>`;
  expect(difference(page(""), page("a\r\nb\rc\0"), "p")).toEqual([
    { kind: "attributes", target: "p_0", set: { title: "a\nb\nc\ufffd" } },
    { kind: "text", target: "p_0", text: "a\nb\nc" },
  ]);
});

it("sends the content of a list where a row with the same key has another id", () => {
  const page = (id: string) => html`<ul id="l">${each(["a"], String, () => html`<li id="${id}">x</li>`)}</ul>`; // prettier-ignore
  expect(difference(page("b"), page("c"), "p")).toMatchObject([{ kind: "content", target: "l" }]);
});
