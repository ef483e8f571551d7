import type { Operation } from "../difference/operation.js";

/** Operations, the HTML they are for, and the HTML they lead to. */
export interface EncoderCase {
  readonly name: string;
  readonly before: string;
  readonly operations: readonly Operation[];
  readonly after: string;
}

const list = (...ids: readonly string[]) =>
  `<ul id="list">${ids.map((id) => `<li id="${id}">${id}</li>`).join("")}</ul>`;
const table = (...ids: readonly string[]) =>
  `<table id="t"><tbody id="rows">${ids.map((id) => `<tr id="${id}"><td>${id}</td></tr>`).join("")}</tbody></table>`;
const HARD = `a:b.c,d[e]"f'g<h>&#1`;
const HARD_HTML = "a:b.c,d[e]&quot;f&#39;g&lt;h&gt;&amp;#1";

const OWN = [
  `<template><p>in</p><template>deep</template></template>`,
  `<textarea><hx-partial id="d">x</hx-partial></textarea>`,
  `<p title="<hx-partial> </hx-partial> <head></head>">text</p>`,
  `<hx-card class="c"><b>1</b></hx-card><hx-card>2</hx-card><hx-a-b>3</hx-a-b>`,
].join("");

/** What every encoder's reply must lead to in the browser. */
export const ENCODER_CASES: readonly EncoderCase[] = [
  {
    name: "changes text that looks like markup",
    before: `<p id="p">old</p>`,
    operations: [{ kind: "text", target: "p", text: `1 < 2 & </template><hx-partial id="p"> "q" 'a'\r\n\u00e9` }],
    after: `<p id="p">1 &lt; 2 &amp; &lt;/template&gt;&lt;hx-partial id="p"&gt; "q" 'a'&#13;\n\u00e9</p>`,
  },
  {
    name: "sets and removes attributes of an element with children",
    before: `<div id="d" class="a" title="t"><p id="p">text</p></div>`,
    operations: [{ kind: "attributes", target: "d", set: { class: "b", title: null, "data-x": `"<>&'` } }],
    after: `<div id="d" class="b" data-x="&quot;&lt;&gt;&amp;&#39;"><p id="p">text</p></div>`,
  },
  {
    name: "sets attributes of an element without an end tag",
    before: `<input id="i" name="a">`,
    operations: [{ kind: "attributes", target: "i", set: { name: "b", disabled: "" } }],
    after: `<input id="i" name="b" disabled>`,
  },
  {
    name: "sets attributes of a list to which a row is appended",
    before: `<ul id="list" class="a"><li id="a">a</li></ul>`,
    operations: [
      { kind: "attributes", target: "list", set: { class: "b" } },
      { kind: "append", target: "list", content: `<li id="b">b</li>` },
    ],
    after: `<ul id="list" class="b"><li id="a">a</li><li id="b">b</li></ul>`,
  },
  {
    name: "morphs an element",
    before: `<div id="d"><p>one</p></div>`,
    operations: [{ kind: "morph", target: "d", content: `<div id="d" lang="en"><p>two</p><b>three</b></div>` }],
    after: `<div id="d" lang="en"><p>two</p><b>three</b></div>`,
  },
  {
    name: "changes the content of an element, with text beside elements",
    before: `<div id="d"><p>one</p></div>`,
    operations: [{ kind: "content", target: "d", content: `text <p>two</p> more` }],
    after: `<div id="d">text <p>two</p> more</div>`,
  },
  {
    name: "replaces an element by one of another name",
    before: `<div id="d"><p>one</p></div>`,
    operations: [{ kind: "replace", target: "d", content: `<section id="d">two</section>` }],
    after: `<section id="d">two</section>`,
  },
  {
    name: "appends and prepends several rows",
    before: list("c"),
    operations: [
      { kind: "append", target: "list", content: `<li id="d">d</li><li id="e">e</li>` },
      { kind: "prepend", target: "list", content: `<li id="a">a</li><li id="b">b</li>` },
    ],
    after: list("a", "b", "c", "d", "e"),
  },
  {
    name: "inserts rows of a table before another",
    before: table("c"),
    operations: [{ kind: "before", target: "c", content: `<tr id="a"><td>a</td></tr><tr id="b"><td>b</td></tr>` }],
    after: table("a", "b", "c"),
  },
  {
    name: "morphs, replaces, appends and deletes rows of a table",
    before: table("a", "b", "x"),
    operations: [
      { kind: "delete", target: "x" },
      { kind: "morph", target: "a", content: `<tr id="a"><td>A</td></tr>` },
      { kind: "replace", target: "b", content: `<tr id="b"><td>B</td></tr>` },
      { kind: "append", target: "rows", content: `<tr id="c"><td>c</td></tr>` },
    ],
    after: `<table id="t"><tbody id="rows"><tr id="a"><td>A</td></tr><tr id="b"><td>B</td></tr><tr id="c"><td>c</td></tr></tbody></table>`,
  },
  {
    name: "inserts a cell and a part of a table",
    before: `<table id="t"><tbody><tr id="r"><td>1</td></tr></tbody></table>`,
    operations: [
      { kind: "append", target: "r", content: `<td>2</td>` },
      { kind: "prepend", target: "t", content: `<thead><tr><th>h</th></tr></thead>` },
    ],
    after: `<table id="t"><thead><tr><th>h</th></tr></thead><tbody><tr id="r"><td>1</td><td>2</td></tr></tbody></table>`,
  },
  {
    name: "moves elements before another and to the end",
    before: list("a", "b", "c", "d"),
    operations: [
      { kind: "move", target: "c", before: "a" },
      { kind: "move", target: "a", before: null },
    ],
    after: list("c", "b", "d", "a"),
  },
  {
    name: "moves a row of a table to the end",
    before: table("a", "b"),
    operations: [{ kind: "move", target: "a", before: null }],
    after: table("b", "a"),
  },
  {
    name: "moves an element before one that was inserted",
    before: list("a", "b"),
    operations: [
      { kind: "append", target: "list", content: `<li id="n">n</li>` },
      { kind: "move", target: "a", before: "n" },
      { kind: "text", target: "b", text: "changed" },
    ],
    after: `<ul id="list"><li id="b">changed</li><li id="a">a</li><li id="n">n</li></ul>`,
  },
  {
    name: "deletes a row and moves another around it",
    before: list("a", "b", "c"),
    operations: [
      { kind: "delete", target: "b" },
      { kind: "move", target: "c", before: "a" },
    ],
    after: list("c", "a"),
  },
  {
    name: "finds ids with characters that selectors and attributes escape",
    before: `<ul id="1 list"><li id="${HARD_HTML}">a</li><li id="-">b</li></ul>`,
    operations: [
      { kind: "text", target: HARD, text: "changed" },
      { kind: "before", target: HARD, content: `<li>new</li>` },
      { kind: "delete", target: "-" },
      { kind: "append", target: "1 list", content: `<li>last</li>` },
    ],
    after: `<ul id="1 list"><li>new</li><li id="${HARD_HTML}">changed</li><li>last</li></ul>`,
  },
  {
    name: "moves an element with such an id",
    before: `<ul id="list"><li id="${HARD_HTML}">a</li><li id="b">b</li></ul>`,
    operations: [{ kind: "move", target: HARD, before: null }],
    after: `<ul id="list"><li id="b">b</li><li id="${HARD_HTML}">a</li></ul>`,
  },
  {
    name: "changes parts of a drawing as parts of a drawing",
    before: `<div id="d"><svg id="s"><g id="g"><circle id="c" r="1"></circle></g><use id="u" href="#c"></use></svg></div>`,
    operations: [
      { kind: "append", target: "g", content: `<circle id="n" r="2"/>` },
      { kind: "attributes", target: "u", set: { href: "#n" } },
      { kind: "morph", target: "c", content: `<circle id="c" r="3"></circle>` },
      { kind: "prepend", target: "s", content: `<a href="/"><text>t</text></a>` },
    ],
    after: `<div id="d"><svg id="s"><a href="/"><text>t</text></a><g id="g"><circle id="c" r="3"></circle><circle id="n" r="2"></circle></g><use id="u" href="#n"></use></svg></div>`,
  },
  {
    name: "keeps templates, fields, attributes and elements of which the text looks like a client's own",
    before: `<div id="d"></div>`,
    operations: [{ kind: "append", target: "d", content: OWN }],
    after: `<div id="d">${OWN}</div>`,
  },
];
