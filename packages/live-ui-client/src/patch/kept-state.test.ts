import type { Page } from "@playwright/test";
import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";
import type { WireEntry } from "../wire.js";

const SCRIPT = `import { startLive } from "./src/index.ts";
window.calls = [];
const note = (name) => (element) => window.calls.push(name + " " + element.id);
customElements.define("x-box", class extends HTMLElement { connectedCallback() { this.innerHTML = "<i>own</i>"; this.setAttribute("ready", ""); } });
window.live = startLive({ hooks: { chart: {
  mounted(element) { element.innerHTML = "<canvas></canvas>"; note("mounted")(element); }, updated: note("updated"), destroyed: note("destroyed") } } });`;
const GO = `<p id="note">0</p><button id="go" data-live-click="go">go</button>`;

let site: FakeSite;
beforeEach(async () => void (site = await openSite({ script: SCRIPT })));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("keeps details that a person has opened or closed, until the server's own value changes", async () => {
  const details = (open: string, text: string) => `<details id="d" ${open}><summary>${text}</summary>x</details>`;
  const page = await site.visit(GO + details("", "a"));
  await page.click("summary");
  await patch(page, [["c", "l1", GO + details("", "b")]]);
  expect(await isOpen(page, "#d")).toBe(true);
  await patch(page, [["m", "d", details("open", "c")]]);
  expect(await isOpen(page, "#d")).toBe(true);
  await patch(page, [["m", "d", details("", "d")]]);
  expect(await isOpen(page, "#d")).toBe(false);
  await patch(page, [["@", "d", { open: "" }]]);
  expect(await isOpen(page, "#d")).toBe(true);
});

it("keeps a dialog open", async () => {
  const dialog = (text: string) => `<dialog id="d">${text}</dialog>`;
  const page = await site.visit(GO + dialog("a"));
  await page.evaluate(() => (document.querySelector("dialog") as HTMLDialogElement).show());
  await patch(page, [["c", "l1", GO + dialog("b")]]);
  expect(await isOpen(page, "#d")).toBe(true);
  expect(await page.textContent("#d")).toBe("b");
});

it("keeps scroll positions and focus where elements are moved", async () => {
  const row = (name: string) =>
    `<li id="${name}"><div id="${name}-box"><p>${name}</p></div><input id="${name}-in"></li>`;
  const list = (...names: readonly string[]) => `<ul id="list">${names.map(row).join("")}</ul>`;
  const page = await site.visit(GO + list("a", "b", "c"));
  await page.evaluate(() => {
    const box = document.querySelector("#c-box") as HTMLElement;
    box.style.cssText = "height: 20px; overflow: auto";
    (box.firstElementChild as HTMLElement).style.height = "200px";
    box.scrollTop = 50;
    (document.querySelector("#c-in") as HTMLElement).focus();
  });
  const state = () => page.evaluate(() => [document.querySelector("#c-box")?.scrollTop, document.activeElement?.id]);
  const order = () => page.evaluate(() => [...document.querySelectorAll("li")].map(({ id }) => id).join(""));
  await patch(page, [[">", "c", "a"]], false);
  expect([await order(), ...(await state())]).toEqual(["cab", 50, "c-in"]);
  await patch(page, [[">", "c", null]], false);
  expect([await order(), ...(await state())]).toEqual(["abc", 50, "c-in"]);
});

it("lets media play on while their elements are morphed and moved", async () => {
  const sound = (title: string) =>
    `<ul id="list"><li id="a">a</li><li id="b"><audio id="sound" loop title="${title}"></audio></li></ul>`;
  const page = await site.visit(GO + sound("old"));
  await page.evaluate(async (source) => {
    const audio = document.querySelector("audio") as HTMLAudioElement;
    audio.src = source;
    await audio.play();
  }, silence());
  await patch(page, [
    ["m", "sound", '<audio id="sound" loop title="new"></audio>'],
    [">", "b", "a"],
  ]);
  expect(await page.evaluate(() => document.querySelector("audio")?.paused)).toBe(false);
});

it("moves what browsers without moveBefore cannot move with its focus, and gives the focus back", async () => {
  const page = await site.visit(`${GO}<ul id="list"><li id="a">a</li><li id="b"><input id="in" value="abc"></li></ul>`);
  await page.evaluate(() => {
    Object.assign(Element.prototype, { moveBefore: undefined });
    const field = document.querySelector("#in") as HTMLInputElement;
    field.focus();
    field.setSelectionRange(1, 2);
  });
  await patch(page, [[">", "b", "a"]], false);
  const caret = await page.evaluate(() => {
    const { id, selectionStart, selectionEnd } = document.activeElement as HTMLInputElement;
    return [id, selectionStart, selectionEnd];
  });
  expect(caret).toEqual(["in", 1, 2]);
});

it("leaves alone what belongs to others: ignored children, widgets, custom elements, pages within the page", async () => {
  const others = (text: string) =>
    `<div id="i" data-live-ignore class="${text}"><b id="b">${text}</b></div><div id="w" data-live-hook="chart" title="${text}">${text}</div>` +
    `<x-box id="x" class="${text}">${text}</x-box><div id="l2" data-live="/inner" data-live-token="${text}">${text}</div>`;
  const page = await site.visit(GO + others("old"));
  await page.evaluate(() => (document.querySelector("#b") as HTMLElement).append("!"));
  await patch(page, [
    ["c", "l1", GO + others("new")],
    ["b", "text"],
    ["w", "text"],
    ["+", "i", "more"],
  ]);
  expect(await page.evaluate(() => (document.querySelector("#l1") as HTMLElement).innerHTML)).toContain(
    '<div id="i" data-live-ignore="" class="new"><b id="b">old!</b></div><div id="w" data-live-hook="chart" title="new"><canvas></canvas></div>' +
      '<x-box id="x" class="new" ready=""><i>own</i></x-box><div id="l2" data-live="/inner" data-live-token="old">old</div>',
  );
  expect(await page.evaluate("calls")).toEqual(["mounted w", "updated w"]);
  await patch(page, [["w"], ["+", "l1", '<div id="w2" data-live-hook="chart"></div>']]);
  await expect.poll(() => page.evaluate("calls")).toEqual(["mounted w", "updated w", "destroyed w", "mounted w2"]);
});

it("draws parts of drawings and rows of tables", async () => {
  const page = await site.visit(`${GO}<svg id="s"><g id="g"></g></svg><table><tbody id="t"></tbody></table>`);
  await patch(page, [
    ["+", "g", '<circle id="o" r="1"/>'],
    ["m", "o", '<circle id="o" r="2"/>'],
    ["+", "t", "<tr><td>1</td></tr>"],
  ]);
  expect(await page.evaluate(() => document.querySelector("#o")?.namespaceURI)).toBe("http://www.w3.org/2000/svg");
  expect(await page.innerHTML("#g")).toBe('<circle id="o" r="2"></circle>');
  expect(await page.innerHTML("#t")).toBe("<tr><td>1</td></tr>");
});

let count = 0;

async function patch(page: Page, entries: readonly WireEntry[], byMouse = true): Promise<void> {
  count += 1;
  site.reply = ({ r }) => [r, ...entries, ["note", `${count}`]];
  if (byMouse) await page.click("#go");
  else await page.evaluate(() => void Reflect.get(window, "live").act(document.querySelector("#note"), "go"));
  await expect.poll(() => page.textContent("#note")).toBe(`${count}`);
}

function isOpen(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.querySelector(wanted)?.hasAttribute("open") ?? false, selector);
}

/** Ten seconds of silence: 8 bit, 8 000 Hz. */
function silence(): string {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(80_036, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36);
  header.writeUInt32LE(80_000, 40);
  return `data:audio/wav;base64,${Buffer.concat([header, Buffer.alloc(80_000, 128)]).toString("base64")}`;
}
