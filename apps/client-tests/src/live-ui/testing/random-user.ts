import type { Page } from "@playwright/test";
import { acknowledged, formSchema, type FormValues } from "./form-live-page.js";

/** What the page shows in its controls. */
export interface ShownForm extends FormValues {
  readonly edit: string;
  readonly bound: string;
}

type Control = keyof ShownForm;

const CONTROLS: readonly Control[] = ["text", "area", "number", "check", "radio", "select", "edit", "bound"];

/** A visitor who fills in a form at random, and knows what it must show. */
export class RandomUser {
  /** What the controls must show now. */
  expected: ShownForm = { ...formSchema.parse({}), edit: "editable", bound: "" };
  readonly #page: Page;
  readonly #random: () => number;
  #typed = 0;

  constructor(page: Page, random: () => number) {
    this.#page = page;
    this.#random = random;
  }

  /** Changes one control; `between` happens between two keys. */
  async edit(between: () => void): Promise<void> {
    const control = this.#pick(CONTROLS);
    const value = await this.#change(control, between);
    this.expected = { ...this.expected, [control]: value };
  }

  /** Sends the form; what the server makes of it is expected then. */
  async save(): Promise<void> {
    await this.#page.click("#save");
    this.expected = { ...this.expected, ...acknowledged(this.expected) };
  }

  async #change(control: Control, between: () => void): Promise<string> {
    switch (control) {
      case "check": {
        const isChecked = this.#random() < 0.5;
        await this.#page.setChecked("#check", isChecked);
        return isChecked ? "on" : "";
      }
      case "radio": {
        const choice = this.#pick(["1", "2", "3", "4"]);
        await this.#page.check(`#radio-${choice}`);
        return choice;
      }
      case "select": {
        const choice = this.#pick(["1", "2", "3", "4"]);
        await this.#page.selectOption("#select", choice);
        return choice;
      }
      default: {
        this.#typed += 1;
        const text = control === "number" ? `${this.#typed}` : `typed ${this.#typed}`;
        await this.#page.fill(`#${control}`, "");
        await this.#page.focus(`#${control}`);
        for (const key of text) {
          await this.#page.keyboard.type(key);
          between();
        }
        return text;
      }
    }
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  }
}

/** Reads what the controls show. */
export function shownForm(page: Page): Promise<ShownForm> {
  return page.evaluate(() => {
    const field = (id: string) => document.querySelector<HTMLInputElement>(id);
    return {
      text: field("#text")?.value ?? "",
      area: field("#area")?.value ?? "",
      number: field("#number")?.value ?? "",
      check: field("#check")?.checked ? "on" : "",
      radio: field("[name=radio]:checked")?.value ?? "",
      select: field("#select")?.value ?? "",
      edit: field("#edit")?.textContent ?? "",
      bound: field("#bound")?.value ?? "",
    };
  });
}
