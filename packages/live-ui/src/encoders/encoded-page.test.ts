import { expect, it } from "vitest";
import { PrintedPage } from "./encoded-page.js";

const page = (html: string) => new PrintedPage(() => html, String);

it("finds elements by id with their HTML and the nearest ancestor that has an id", () => {
  const inner = `<p id="p">1<br><b>2</b></p>`;
  const element = (id: string) => page(`<div id="d"><section>${inner}</section></div>`).element(id);
  expect(element("p")).toMatchObject({ html: inner, parent: "d" });
  expect(element("d")?.parent).toBeUndefined();
  expect(element("x")).toBeUndefined();
});

it.each([
  [`<div id="x" class="a">1</div>`, `<div id="x" class="a">`],
  [`<p title="<b id="></p><b c='1' id="x">1</b>`, `<b c='1' id="x">`],
  [`<i title="a <b c" id="x">1</i>`, `<i title="a <b c" id="x">`],
  [`<textarea><u id="x"></u></textarea><u lang="a" id="x">1</u>`, `<u lang="a" id="x">`],
  [`<input id='x'>`, `<input id='x'>`],
])("finds the start tag of an element in %s", (html, startTag) => {
  expect(page(html).startTag("x")).toBe(startTag);
});

it("prints the page only where it is requested, and once", () => {
  let printed = 0;
  const lazy = new PrintedPage(() => `<p id="${++printed}"></p>`, String);
  expect(printed).toBe(0);
  lazy.startTag("1");
  lazy.element("1");
  expect(printed).toBe(1);
});
