import { describe, expect, it } from "vitest";
import { OperationTree } from "../testing/applied-operations.js";
import { differenceById, differenceByTree, differenceHybrid, withIds } from "./difference-of-html.js";

const row = (id: string) => `<li id="${id}">row ${id}</li>`;
const list = (...ids: readonly string[]) =>
  `<h1 id="h">List</h1>\n<ul id="list">\n  ${ids.map(row).join("\n  ")}\n</ul>`;

describe.each([
  ["by id", differenceById],
  ["hybrid", differenceHybrid],
] as const)("difference of HTML %s", (_name, difference) => {
  it("sends an appended row, and not the list", () => {
    const ids = Array.from({ length: 100 }, (_, index) => `r${index}`);
    expect(difference(list(...ids), list(...ids, "new"), "page")).toEqual([
      { kind: "append", target: "list", content: `\n  ${row("new")}` },
    ]);
  });

  it("deletes, moves and inserts rows by their ids", () => {
    expect(difference(list("a", "b", "c", "d"), list("d", "a", "x", "c"), "page")).toEqual([
      { kind: "delete", target: "b" },
      { kind: "move", target: "d", before: "a" },
      { kind: "before", target: "c", content: `${row("x")}\n  ` },
    ]);
  });

  it("sends nothing for equal HTML, written otherwise", () => {
    expect(difference(`<P title='a' id=x>1&amp;<br/></P>`, `<p id="x" title="a">1&#38;<br></p>`, "page")).toEqual([]);
  });

  it("sends an element whole where rows of it have the same id", () => {
    expect(difference(list("a", "a"), list("a", "a", "b"), "page").map(({ kind, target }) => [kind, target])).toEqual([
      ["content", "list"],
    ]);
  });

  it("sends an element whole of which the id stands elsewhere too", () => {
    const page = (text: string) => `<p id="x">1</p><div id="d"><p id="x">${text}</p></div>`;
    expect(difference(page("1"), page("2"), "page").map(({ kind, target }) => [kind, target])).toEqual([
      ["content", "d"],
    ]);
  });

  it("sends the content of the root where no element has an id", () => {
    expect(difference("<p>1</p>", "<p>2</p>", "page")).toEqual([
      { kind: "content", target: "page", content: "<p>2</p>" },
    ]);
  });

  it("sends no operation inside an element that is sent whole", () => {
    const page = (text: string, ids: readonly string[]) =>
      `<main id="m"><ul id="l">${ids.map(row).join("")}</ul><p>${text}</p></main>`;
    expect(difference(page("1", ["a"]), page("2", ["a", "b"]), "page").map(({ target }) => target)).toEqual(["m"]);
  });

  it("deletes an element before it arrives in another list", () => {
    const lists = (one: readonly string[], other: readonly string[]) =>
      `<ul id="l1">${one.map(row).join("")}</ul><ul id="l2">${other.map(row).join("")}</ul>`;
    expect(
      difference(lists(["x", "k"], ["a", "b"]), lists(["x"], ["a", "b", "k"]), "page").map(({ kind }) => kind),
    ).toEqual(["delete", "append"]);
    expect(difference(lists(["k"], ["a", "x"]), lists(["k", "x"], ["a"]), "page").map(({ kind }) => kind)).toEqual([
      "delete",
      "append",
    ]);
  });
});

it("hybrid sends text and attributes alone, and appends rows that have data-key", () => {
  const page = (n: number, keys: readonly string[]) =>
    `<p id="p" class="c${n}">${n}</p><ul id="l">${keys.map((key) => `<li data-key="${key}">${key}</li>`).join("")}</ul>`;
  expect(differenceHybrid(page(1, ["a"]), page(2, ["a", "b"]), "page")).toEqual([
    { kind: "text", target: "p", text: "2" },
    { kind: "attributes", target: "p", set: { class: "c2" } },
    { kind: "append", target: "l", content: `<li data-key="b">b</li>` },
  ]);
});

it("hybrid sends what has no id with the nearest element around it that has one", () => {
  const page = (n: number) => `<div id="outer"><section id="s"><div><b>${n}</b></div></section><p>unchanged</p></div>`;
  expect(differenceHybrid(page(1), page(2), "page")).toEqual([
    { kind: "content", target: "s", content: "<div><b>2</b></div>" },
  ]);
});

it("by tree gives ids to elements without one, and keeps them from one difference to the next", () => {
  const first = withIds("<ul><li>a</li><li>b</li></ul><p>1</p>", "page");
  expect(first).toBe(`<ul id="page-n1"><li id="page-n2">a</li><li id="page-n3">b</li></ul><p id="page-n4">1</p>`);
  const second = differenceByTree(first, "<ul><li>new</li><li>a</li><li>b</li></ul><p>2</p>", "page");
  expect(second.operations).toEqual([
    { kind: "before", target: "page-n2", content: `<li id="page-n5">new</li>` },
    { kind: "text", target: "page-n4", text: "2" },
  ]);
  const third = differenceByTree(second.html, "<ul><li>new</li><li>b</li></ul><p>2</p>", "page");
  expect(third.operations).toEqual([{ kind: "delete", target: "page-n2" }]);
});

const HOSTILE = [
  "<div id=a><p>1<div id=a><table><tr><td>2</div></span></p>",
  "<form id=f><form id=g><input></form></form>",
  "\0<p id='\0'>\0</p\0>",
  "<!-- <p>",
  "<script>if (a </scrip",
  "<p id=a id=b __proto__=1 constructor=2 =3 \"='>",
  "<textarea id=t></template></textarea></template>",
  "<svg><foreignObject><p id=p></svg>",
  "</p></div><br></br><image><![CDATA[ ]]><?php ?><!doctype>",
  `<p id=root><p id="">`,
  "<div>".repeat(10_000),
  "<div id=x>".repeat(10_000),
  `<b id="y">`.repeat(5_000) + "text" + "</b>".repeat(5_000),
  "<p " + "a ".repeat(50_000),
  "<".repeat(100_000),
  `<p title="`.repeat(20_000),
];

it("takes any text for HTML, and its operations fit its own tree", () => {
  for (const before of HOSTILE) {
    for (const after of [HOSTILE[0] ?? "", `${before}<p id="last">`, before.slice(0, -5)]) {
      for (const difference of [differenceById, differenceHybrid]) {
        const tree = new OperationTree(before, "root");
        tree.apply(difference(before, after, "root"));
        expect(differenceHybrid(tree.html, after, "root")).toEqual([]);
      }
      const old = withIds(before, "root");
      const { operations, html } = differenceByTree(old, after, "root");
      const tree = new OperationTree(old, "root");
      tree.apply(operations);
      expect(differenceHybrid(tree.html, html, "root")).toEqual([]);
    }
  }
});
