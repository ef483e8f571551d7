import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";

/** The morph alone, and random trees of elements with and without ids. */
const SCRIPT = `import { Idiomorph } from "idiomorph";
import { morphElement } from "./src/patch/morph-element.ts";
const context = { seen: 0, beforeMorph() {} };
const parse = (html) => { const template = document.createElement("template"); template.innerHTML = html; return template.content; };
let seed = 1;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
function tree(ids, depth) {
  let html = "";
  for (let left = random(5); left > 0; left -= 1) {
    const kind = random(6);
    const tag = ["div", "p", "span", "b"][random(depth ? 4 : 2)] === "p" ? "section" : "div";
    const id = kind < 4 && ids.length ? ' id="' + ids.splice(random(ids.length), 1)[0] + '"' : "";
    if (kind === 5) html += ["text", " ", "<!--c-->", "other"][random(4)];
    else html += "<" + tag + id + (random(2) ? ' class="x' + random(3) + '"' : "") + ">" + (depth ? tree(ids, depth - 1) : "") + "</" + tag + ">";
  }
  return html;
}
const ids = () => Array.from({ length: 12 }, (_, index) => "i" + index);
window.live = {
  fuzz(runs) {
    const wrong = [];
    let kept = 0;
    document.querySelector("#l1").innerHTML = tree(ids(), 3);
    for (let run = 0; run < runs; run += 1) {
      const root = document.querySelector("#l1");
      const html = tree(ids(), 3);
      const content = parse(html);
      const wanted = root.cloneNode(false);
      wanted.append(parse(html));
      const other = root.cloneNode(true);
      Idiomorph.morph(other, html, { morphStyle: "innerHTML" });
      if (!other.isEqualNode(wanted)) wrong.push([run, "the reference makes another tree"]);
      const before = [...root.querySelectorAll("[id]")];
      morphElement(root, content, { ...context, isInner: true });
      if (!root.isEqualNode(wanted)) wrong.push([run, html, root.innerHTML]);
      for (const old of before) {
        const now = root.querySelector("#" + old.id);
        if (!now || now.localName !== old.localName) continue;
        kept += 1;
        if (now !== old) wrong.push([run, old.id + " is another element"]);
      }
    }
    return { wrong, kept };
  },
  rows(count) {
    const html = (extra) => { let all = ""; for (let row = 0; row < count; row += 1) all += '<li id="k' + row + '" class="row"><b>' + row + '</b> <span>text</span>' + (row === 5 ? extra : "") + '</li>'; return all; };
    const root = document.querySelector("#l1");
    const time = (run) => { root.innerHTML = html(""); const times = []; for (let round = 0; round < 9; round += 1) { const next = html("x" + round); const from = performance.now(); run(next); times.push(performance.now() - from); } return times.sort((a, b) => a - b)[4]; };
    return [time((next) => morphElement(root, parse(next), { ...context, isInner: true })), time((next) => Idiomorph.morph(root, next, { morphStyle: "innerHTML" }))];
  },
  morph: (id, html) => morphElement(document.getElementById(id), parse(html), context),
};`;

let site: FakeSite;
beforeEach(async () => void (site = await openSite({ script: SCRIPT })));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("turns any tree into any other, with every element that both have by id and kind the same", async () => {
  const page = await site.visit("");
  const { wrong, kept }: { wrong: unknown[]; kept: number } = await page.evaluate("live.fuzz(3000)");
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(kept).toBeGreaterThan(3_000);
});

it("morphs 1 000 rows in the time of the reference at most, give or take a busy machine", async () => {
  const page = await site.visit("");
  const [ours = 0, reference = 0]: number[] = await page.evaluate("live.rows(1000)");
  expect(ours).toBeLessThan(reference * 2); // a third of it, on a quiet machine
});
