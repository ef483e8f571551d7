import { describe, expect, it } from "vitest";
import { containedContent } from "./contained-content.js";
import { HX_RESERVED } from "./hx-partial-element.js";

const written = (html: string) => containedContent(html, html, HX_RESERVED);
const FOUND_BY_HTMX = /<hx-[a-z]+(?:\s+|>)|<\/hx-[a-z]+>|<head(?:\s[^>]*)?>/i; // as its makeFragment searches

describe("content that stays in its element", () => {
  it.each([
    "</template><script>alert(1)</script>",
    "<template><template></template>",
    "<p title='",
    "<!-- ",
    "<textarea>",
    "<script>",
    "<p",
    "<plaintext>",
    "<!doctype",
    "<style></styl",
  ])("refuses what would end the element around it, or not end: %s", (html) => {
    expect(() => written(html)).toThrow(TypeError);
    expect(() => containedContent(html, html)).toThrow(TypeError);
  });

  it.each([
    "<script>const a = '<hx-partial>'</script>",
    "<style>/* </hx-partial> */</style>",
    "<head></head>",
    `<p hx-swap-oob="true">1</p>`,
    `<p data-hx-swap-oob="true">1</p>`,
    "<p <hx-card >1</p>",
  ])("refuses what htmx would rewrite and nothing can write otherwise: %s", (html) => {
    expect(() => written(html)).toThrow(/htmx/);
  });

  it.each([
    ["<hx-card>1</hx-card>", "<hx-card/ >1</hx-card >"],
    ["<HX-Card a='1'>1</HX-Card>", "<HX-Card/  a='1'>1</HX-Card >"],
    ["<textarea><hx-a></hx-a></textarea>", "<textarea>&lt;hx-a>&lt;/hx-a></textarea>"],
    ["<a title=<hx-a>1</a>", "<a title=&lt;hx-a>1</a>"],
    ["<p>1<!-- <hx-a> --></p>", "<p>1</p>"],
    ["a < b <1 </ p>c", "a < b <1 </ p>c"],
  ])("writes what htmx would find in a form that only a parser reads: %s", (html, expected) => {
    expect(written(html)).toBe(expected);
    expect(written(html)).not.toMatch(FOUND_BY_HTMX);
  });

  it("returns the HTML of templates as it is, where nothing of it can be misread", () => {
    const html = `<li id="a">1 &lt;hx-partial&gt;</li>`;
    expect(containedContent([], html, HX_RESERVED)).toBe(html);
    expect(() => containedContent([], "<hx-a></hx-a></template>", HX_RESERVED)).toThrow(TypeError);
  });
});
