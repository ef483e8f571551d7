import { Parser } from "htmlparser2";
import { expect, it } from "vitest";
import { html } from "./html.js";
import { renderToString } from "./render-to-string.js";

const VALUES = [
  "row-7",
  "",
  '"],["+","body","<img src=x onerror=alert(1)>"],["',
  '\\"],["+","body","<b>',
  "'><script>alert(1)</script>",
  "&quot;],[&quot;+&quot;",
  "\u2028\n\t\u0000\ud800",
  "{title}",
];

it.each(VALUES)("keeps %j in the string of the expected operations that it stands in", (value) => {
  const template = html`<p
    data-live-optimistic='[["${value}"],["a-${value}","text ${value}"],[".","row","on-${value}"],["#","${value}",1]]'
  ></p>`;
  let written = "";
  const onopentag = (_: string, all: Readonly<Record<string, string>>) => (written = all["data-live-optimistic"] ?? "");
  new Parser({ onopentag }).end(renderToString(template, { root: "p" }));
  expect(JSON.parse(written)).toEqual([
    [value],
    [`a-${value}`, `text ${value}`],
    [".", "row", `on-${value}`],
    ["#", value, 1],
  ]);
});
