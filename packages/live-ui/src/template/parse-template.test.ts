import { expect, it } from "vitest";
import { html } from "./html.js";
import { renderToString } from "./render-to-string.js";
import type { TemplateResult } from "./template-result.js";

const x = "x";
// prettier-ignore
const REFUSED: readonly (readonly [string, () => TemplateResult, RegExp])[] = [
  ["an unquoted attribute", () => html`<p class=${x}></p>`, /class="\$\{…\}"/],
  ["an unquoted attribute with a start", () => html`<p class=a${x}></p>`, /class="\$\{…\}"/],
  ["an event handler", () => html`<p onclick="${x}"></p>`, /data-/],
  ["an event handler in capitals", () => html`<p ONCLICK="a(${x})"></p>`, /data-/],
  ["a boolean event handler", () => html`<p ?onclick="${x}"></p>`, /data-/],
  ["an expression of htmx", () => html`<p hx-on:click="${x}"></p>`, /data-/],
  ["values that htmx may run", () => html`<p hx-vals="${x}"></p>`, /data-/],
  ["an expression of Alpine", () => html`<p x-data="${x}"></p>`, /data-/],
  ["a short expression of Alpine", () => html`<p @click="${x}"></p>`, /data-/],
  ["a bound attribute of Alpine", () => html`<p :class="${x}"></p>`, /data-/],
  ["an expression of Datastar", () => html`<p data-on:click="${x}"></p>`, /data-/],
  ["a style attribute", () => html`<p style="color: ${x}"></p>`, /class=/],
  ["a frame's document", () => html`<iframe srcdoc="${x}"></iframe>`, /src/],
  ["a script", () => html`<script>${x}</script>`, /slot in <script>/],
  ["a style element", () => html`<style>${x}</style>`, /slot in <style>/],
  ["text without scripts", () => html`<noscript>${x}</noscript>`, /slot in <noscript>/],
  ["a comment", () => html`<!-- ${x} -->`, /slot in a comment/],
  ["a declaration", () => html`<!doctype ${x}>`, /slot in a declaration/],
  ["a tag name", () => html`<${x}></p>`, /tag name/],
  ["a part of a tag name", () => html`<h${x}></h1>`, /tag name/],
  ["an end tag", () => html`<p></${x}>`, /tag name/],
  ["an attribute name", () => html`<p ${x}></p>`, /\?name=/],
  ["a part of an attribute name", () => html`<p data-${x}="a"></p>`, /\?name=/],
  ["a redirection", () => html`<meta content="${x}" http-equiv="refresh">`, /elsewhere/],
  ["the kind of a meta element", () => html`<meta http-equiv="${x}">`, /Write|write/],
  ["the base of addresses", () => html`<base href="${x}">`, /every address/],
  ["a script's address", () => html`<script src="${x}"></script>`, /which code/],
  ["a style sheet's address", () => html`<link rel="stylesheet" href="${x}">`, /styles/],
  ["an address of an unknown relation", () => html`<link href="${x}">`, /styles/],
  ["a relation", () => html`<link rel="${x}" href="/">`, /styles/],
  ["the target of an animation", () => html`<svg><animate attributeName="${x}" /></svg>`, /write/],
  ["an address with a scheme that is refused", () => html`<a href="javascript:a(${x})"></a>`, /begin it with/],
  ["a button that sends a form to any address", () => html`<button formaction="${x}"></button>`, /Begin it with a path/],
  ["a button that sends a form to any host", () => html`<button formaction="/${x}"></button>`, /Begin it with a path/],
  ["a button that sends a form to another site", () => html`<input type="submit" formaction="https://pay.example/"> ${x}`, /the token/],
  ["the same, with references", () => html`<button formaction="&#47;&#47;pay.example"></button>`, /the token/],
  ["expected markup", () => html`<p data-live-optimistic='[["+","l","<li>${x}</li>"]]'></p>`, /an id, a text or a class/],
  ["an expected attribute", () => html`<p DATA-LIVE-OPTIMISTIC='[["@","l",{"href":"${x}"}]]'></p>`, /an id, a text or a class/],
  ["the name of an expected attribute", () => html`<p data-live-optimistic='[["@","l",{"${x}":"y"}]]'></p>`, /an id, a text or a class/],
  ["the kind of an expected operation", () => html`<p data-live-optimistic='[["${x}","l","<b>"]]'></p>`, /an id, a text or a class/],
  ["expected operations as a whole", () => html`<p data-live-optimistic="${x}"></p>`, /an id, a text or a class/],
  ["an expected operation as a whole", () => html`<p data-live-optimistic='[${x}]'></p>`, /an id, a text or a class/],
  ["a boolean attribute with text around", () => html`<p ?hidden="a${x}"></p>`, /nothing around/],
  ["an element that is not ended", () => html`<p>${x}`, /<p> is not ended/],
  ["an end tag without an element", () => html`${x}</p>`, /no such element/],
  ["crossed elements", () => html`<b><i>${x}</b></i>`, /<i> is open/],
  ["a start tag that is not ended", () => html`<p title="a"`, /start tag/],
  ["an element that ends itself", () => html`<div/>`, /write <\/div>/],
  ["a block in a paragraph", () => html`<p><div>${x}</div></p>`, /Use <div>/],
  ["a row directly in a table", () => html`<table><tr><td>${x}</td></tr></table>`, /<tbody>/],
  ["a cell directly in a table's body", () => html`<table><tbody><td>${x}</td></tbody></table>`, /<tr>/],
  ["a form in a form", () => html`<form><form></form></form>`, /beside each other/],
  ["an item in an item", () => html`<ul><li><div><li>a</li></div></li></ul>`, /beside each other/],
  ["a description in a term", () => html`<dl><dt><dd>a</dd></dt></dl>`, /beside each other/],
  ["a heading in a heading", () => html`<h1><h2>a</h2></h1>`, /beside each other/],
  ["a no-break space in a table", () => html`<table>\u00a0</table>`, /text directly/],
  ["text directly in a table", () => html`<table>text</table>`, /text directly/],
  ["two equal attributes", () => html`<p class="a" CLASS="${x}"></p>`, /two attributes class/],
  ["an empty id", () => html`<p id="">${x}</p>`, /empty id/],
  ["a CDATA section", () => html`<svg><![CDATA[a]]></svg>`, /CDATA/],
];

it.each(REFUSED)("refuses %s, and names what to write", (_, page, sentence) => {
  const print = () => renderToString(page(), { root: "p" });
  expect(print).toThrow(TypeError);
  expect(print).toThrow(sentence);
});

it("names the place of a mistake", () => {
  expect(() => renderToString(html`<main><p class=${x}>a</p></main>`, { root: "p" })).toThrow(/Near: <main><p class=\$\{…\}/); // prettier-ignore
});

// prettier-ignore
const PRINTED: readonly (readonly [string, () => TemplateResult, string])[] = [
  ["values of every kind", () => html`${"a"}${1}${2n}${true}${false}${null}${undefined}${[1, ["b", null]]}`, "a12" + "1b"],
  ["an id where an element owns a slot", () => html`<p>${x}</p><p>y</p><p class="${x}"></p>`, '<p id="p_0">x</p><p>y</p><p id="p_2" class="x"></p>'],
  ["an author's id", () => html`<p id="a">${x}</p><p class="${x}" id='b-${x}'></p>`, `<p id="a">x</p><p class="x" id='b-x'></p>`],
  ["boolean attributes", () => html`<input ?checked="${true}" ?disabled="${0}">`, '<input id="p_0" checked="">'],
  ["unquoted and bare attributes", () => html`<input type=text required><br/>`, "<input type=text required><br/>"],
  ["comments, declarations, scripts", () => html`<!doctype html><!-- a --><script>if (a < b) c("</p>")</script>`, `<!doctype html><!-- a --><script>if (a < b) c("</p>")</script>`],
  ["a lone angle bracket", () => html`<p>a < b</p>`, "<p>a &lt; b</p>"],
  ["the first line break of a text", () => html`<pre>${"\na"}</pre><textarea>
${"\na"}</textarea>`, '<pre id="p_0">\n\na</pre><textarea id="p_1">\n\na</textarea>'],
  ["lists in lists", () => html`<ul><li>a<ul><li>b</li></ul></li></ul>`, "<ul><li>a<ul><li>b</li></ul></li></ul>"],
  ["foreign elements", () => html`<svg viewBox="0 0 1 1"><path d="${"M0"}"/><foreignObject><div>a</div></foreignObject></svg>`, '<svg viewBox="0 0 1 1"><path id="p_1" d="M0"/><foreignObject><div>a</div></foreignObject></svg>'],
];

it.each(PRINTED)("prints %s", (_, page, expected) => {
  expect(renderToString(page(), { root: "p" })).toBe(expected);
});
