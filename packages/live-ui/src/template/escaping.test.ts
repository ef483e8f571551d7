import { Parser } from "htmlparser2";
import { expect, it } from "vitest";
import { each } from "./each.js";
import { html } from "./html.js";
import { renderToString } from "./render-to-string.js";
import { isSafeAddress } from "./safe-address.js";
import type { TemplateResult } from "./template-result.js";

const MARKUP = [
  "<script>alert(1)</script>",
  '"><script>alert(1)</script>',
  "'><script>alert(1)</script>",
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  "` onmouseover=`alert(1)",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "</textarea><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "</option></select><img src=x onerror=alert(1)>",
  "--><script>alert(1)</script>",
  "]]><script>alert(1)</script>",
  "<!--",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "<math><mi xlink:href='javascript:alert(1)'>",
  "\u0000<script>alert(1)</script>",
  "/ onfocus=alert(1) autofocus",
  "<base href=//evil.example>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
];
const ADDRESSES = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\u0001\u001fjavascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  "java\r\nscript:alert(1)",
  "javascript\t:alert(1)",
  "java\u0000script:alert(1)",
  "javascript:alert(1)//http://example.org",
  "vbscript:msgbox(1)",
  "VBScript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "data:image/png;base64,AAAA",
  "blob:https://example.org/x",
  "file:///etc/passwd",
  "filesystem:http://example.org/x",
  "view-source:javascript:alert(1)",
  "feed:javascript:alert(1)",
  "jar:javascript:alert(1)",
  "mhtml:javascript:alert(1)",
  "livescript:alert(1)",
  "x 1x, javascript:alert(1) 2x",
  "x,javascript:alert(1)",
  "/a.png 1x, javascript:alert(1) 2x",
  "https://example.org/a,javascript:alert(1)",
  "/a;javascript:alert(1)",
];
const PLACES: Readonly<Record<string, (value: string) => TemplateResult>> = {
  text: (value) => html`<p>${value}</p>`,
  "text beside text": (value) => html`a${value}b<b>${value}</b>`,
  "an array": (value) => html`<p>${[value, [value]]}</p>`,
  "a list": (value) => html`<ul>${each([value], (key) => key, (text) => html`<li data-x='${text}'>${text}</li>`)}</ul>`, // prettier-ignore
  "a double-quoted attribute": (value) => html`<p title="${value}" class="a ${value} b"></p>`,
  "a single-quoted attribute": (value) => html`<p title='${value}' class='a ${value} b'></p>`, // prettier-ignore
  "an id": (value) => html`<p id="${value}x">${value}</p>`,
  "a boolean attribute": (value) => html`<p ?hidden="${value}"></p>`,
  textarea: (value) => html`<textarea>${value}</textarea>`,
  title: (value) => html`<title>${value}</title>`,
  option: (value) => html`<select><option value="${value}">${value}</option></select>`, // prettier-ignore
  table: (value) => html`<table><tbody><tr><td>${value}</td></tr></tbody></table>`, // prettier-ignore
  svg: (value) => html`<svg><text class="${value}">${value}</text></svg>`,
  pre: (value) => html`<pre>${value}</pre>`,
  href: (value) => html`<a href="${value}">x</a>`,
  "href with a start": (value) => html`<a href="${value}${value}">x</a>`,
  "href behind a part of a scheme": (value) => html`<a href="j${value}">x</a>`,
  src: (value) => html`<img src="${value}" alt="">`, // prettier-ignore
  "src of a frame": (value) => html`<iframe src="${value}"></iframe><embed src='${value}'>`, // prettier-ignore
  "data of an object": (value) => html`<object data="${value}"></object>`,
  "action and formaction": (value) =>
    html`<form action="${value}"><button formaction="/save/${value}" name="x">x</button></form>`,
  poster: (value) => html`<video poster="${value}" src="${value}"></video>`,
  cite: (value) => html`<q cite="${value}">x</q>`,
  srcset: (value) => html`<img srcset="${value}" alt="">`, // prettier-ignore
  ping: (value) => html`<a ping="${value}" href="/">x</a>`,
  "xlink:href": (value) =>
    html`<svg>
      <a xlink:href="${value}"></a>
      <use href="${value}" />
      <use xlink:href="${value}" />
    </svg>`,
  "an animated address": (value) =>
    html`<svg>
      <a><animate attributeName="href" values="${value}" to="${value}" from="${value}" /></a>
    </svg>`,
  "a harmless link": (value) => html`<link rel="canonical" href="${value}">`, // prettier-ignore
};
const ADDRESS_ATTRIBUTES =
  /^(?:xlink:)?(?:href|src|data|action|formaction|poster|cite|srcset|ping|to|from|values|background)$/;
const ADDRESS_LISTS = new Set(["srcset", "ping", "values", "to", "from"]);

it.each(Object.entries(PLACES))("lets no value out of %s", (_, page) => {
  const expected = shape(renderToString(page("x"), { root: "p" }));
  for (const value of [...MARKUP, ...ADDRESSES]) {
    const printed = renderToString(page(value), { root: "p" });
    expect(shape(printed), value).toEqual(expected);
    for (const { name, value: written } of attributes(printed))
      if (ADDRESS_ATTRIBUTES.test(name))
        expect(isHarmless(written, ADDRESS_LISTS.has(name)), `${value} in ${name}: ${written}`).toBe(true);
  }
});

it.each([
  "/a",
  "a/b:c",
  "?a=b:c",
  "#a:b",
  "",
  "https://a/b?c=d&e=f",
  "HTTP://a",
  "mailto:a@b",
  "tel:+1",
  "//a",
  "a b",
  " https://a",
])("prints the address %s as it is", (address) => {
  const [found] = attributes(renderToString(html`<a href="${address}"></a>`, { root: "p" })).filter(
    ({ name }) => name === "href",
  );
  expect(found?.value).toBe(address);
  expect(isSafeAddress(address)).toBe(true);
});

it("prints addresses that are safe by their start without a check", () => {
  const page = html`<a href="/search?q=${"javascript:x"}"></a><a href="https://example.org/${"a:b"}"></a>`;
  expect(renderToString(page, { root: "p" })).toContain('href="/search?q=javascript:x"');
});

/** The elements and names of attributes, as a parser reads them. */
function shape(printed: string): readonly string[] {
  const found: string[] = [];
  new Parser({ onopentag: (tag, { ...all }) => found.push(`${tag} ${Object.keys(all).sort().join(" ")}`) }).end(
    printed,
  );
  return found;
}

function attributes(printed: string): readonly { readonly name: string; readonly value: string }[] {
  const found: { name: string; value: string }[] = [];
  new Parser({
    onopentag: (_, all) => {
      for (const [name, value] of Object.entries(all)) found.push({ name, value });
    },
  }).end(printed);
  return found;
}

/** Written without the code under test: a browser reads no scheme that runs anything. */
function isHarmless(written: string, isList: boolean): boolean {
  return [written, ...(isList ? written.split(/[\s,;]+/) : [])].every((part) => {
    // eslint-disable-next-line no-control-regex -- what browsers skip
    const read = part.replace(/[\u0000-\u0020]/g, "").toLowerCase();
    return !/^(?:javascript|vbscript|livescript|data|blob|file|filesystem|view-source|feed|jar|mhtml):/.test(read);
  });
}
