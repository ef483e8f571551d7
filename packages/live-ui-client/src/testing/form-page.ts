import type { Page } from "@playwright/test";
import { expect } from "vitest";
import type { WireEntry } from "../wire.js";
import type { FakeSite } from "./fake-site.js";

/** A page with every kind of form control. */
export const FORM = `<p id="note">first</p><form id="f" data-live-submit="save">
  <input id="text" name="text" value="a"><input id="number" name="number" type="number" value="1">
  <textarea id="area" name="area">a</textarea>
  <input id="check" name="check" type="checkbox"><input id="r1" type="radio" name="r" value="1" checked><input id="r2" type="radio" name="r" value="2"><input id="r3" type="radio" name="r" value="3">
  <select id="select" name="select"><option id="o1" selected>1</option><option id="o2">2</option><option id="o3">3</option></select>
  <div id="edit" contenteditable>a</div><button id="save">save</button></form>
  <button id="go" type="button" data-live-click="go">go</button>`;

/** What `typedForm` leaves in the controls, as `shownValues` reads it. */
export const TYPED = { text: "typed", number: "42", area: "typed", check: true, r: "2", select: "2", edit: "typed" };

/** From the server: other values in every control. */
export const CHANGED = FORM.replace("first", "second")
  .replace('value="a"', 'value="server"')
  .replace('value="1">\n', 'value="7">\n')
  .replace(">a</textarea>", ">server</textarea>")
  .replace('value="1" checked>', 'value="1">')
  .replace('value="3">', 'value="3" checked>')
  .replace(" selected>1", ">1")
  .replace('id="o3">', 'id="o3" selected>')
  .replace("contenteditable>a<", "contenteditable>server<");

/** Opens the page, and changes every control as a user would. */
export async function typedForm(site: FakeSite): Promise<Page> {
  const page = await site.visit(FORM);
  for (const id of ["text", "number", "area"]) await page.fill(`#${id}`, id === "number" ? "42" : "typed");
  await page.check("#check");
  await page.check("#r2");
  await page.selectOption("#select", "2");
  await page.fill("#edit", "typed");
  return page;
}

/** Applies entries as the reply to an action that carries no field. */
export async function patchForm(site: FakeSite, page: Page, entries: readonly WireEntry[]): Promise<void> {
  const title = `patched ${site.actions.length}`;
  site.reply = ({ r }) => [r, ...entries, { n: title }];
  await page.click("#go");
  await expect.poll(() => page.title()).toBe(title);
}

/** What the controls show. */
export function shownValues(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const form = document.querySelector("form") as HTMLFormElement;
    const { text, number, area, r, select } = Object.fromEntries(new FormData(form));
    const check = (form.elements.namedItem("check") as HTMLInputElement).checked;
    return { text, number, area, check, r, select, edit: document.querySelector("#edit")?.textContent };
  });
}
