import type { Page } from "@playwright/test";
import { acknowledged, formSchema, type FormValues } from "./form-live-page.js";

/** What the page shows in its controls. */
export interface ShownForm extends FormValues {
  readonly edit: string;
  readonly bound: string;
}

type Control = keyof ShownForm;

const SAVED = ["text", "area", "number", "check", "radio", "select"] as const;
const CONTROLS: readonly Control[] = [...SAVED, "edit", "bound"];

/** A form that a visitor fills in at random. */
export interface FilledForm {
  readonly page: Page;
  readonly random: () => number;
  /** Another client changes a value. */
  readonly changeByOther: (name: keyof FormValues, value: string) => void;
  /** Resolves when the page shows all that the server has sent. */
  readonly settled: () => Promise<void>;
}

/** A visitor who fills in a form at random while another client changes it, with what the form must show. */
export class RandomUser {
  readonly #form: FilledForm;
  readonly #page: Page;
  readonly #random: () => number;
  /** What the server renders. */
  #rendered: ShownForm = { ...formSchema.parse({}), edit: "editable", bound: "" };
  /** What was edited since the last save. */
  #edited: Partial<ShownForm> = {};
  #isEditing: Control | undefined;
  #typed = 0;

  constructor(form: FilledForm) {
    this.#form = form;
    this.#page = form.page;
    this.#random = form.random;
  }

  /** What the controls must show: what was edited stays, the others are as the server renders them. */
  get expected(): ShownForm {
    return { ...this.#rendered, ...this.#edited };
  }

  /** Changes one control; `between` happens between two keys. */
  async edit(between: () => void): Promise<void> {
    const control = this.#pick(CONTROLS);
    if (control === "check" || control === "radio") await this.#form.settled(); // pressing what is checked already is no edit
    this.#isEditing = control;
    const value = await this.#change(control, between);
    this.#isEditing = undefined;
    this.#edited = { ...this.#edited, [control]: value };
  }

  /** Another client changes one of the values, of another control than the one that is being edited. */
  disturb(): void {
    const name = this.#pick(SAVED);
    if (name === this.#isEditing) return;
    this.#typed += 1;
    const choice = this.#pick(["1", "2", "3", "4"]);
    const values = { text: `theirs ${this.#typed}`, area: `theirs ${this.#typed}`, number: `${this.#typed}` };
    const value = { ...values, check: choice > "2" ? "on" : "", radio: choice, select: choice }[name];
    this.#rendered = { ...this.#rendered, [name]: value };
    this.#form.changeByOther(name, value);
  }

  /** Sends the form; what the server makes of it is expected then. */
  async save(): Promise<void> {
    await this.#form.settled();
    await this.#page.click("#save");
    const { edit, bound } = this.#edited;
    this.#rendered = { ...this.expected, ...acknowledged(formSchema.parse(this.expected)) };
    this.#edited = { ...(edit !== undefined && { edit }), ...(bound !== undefined && { bound }) };
  }

  async #change(control: Control, between: () => void): Promise<string> {
    switch (control) {
      case "check": {
        const isChecked = !(await this.#page.isChecked("#check"));
        await this.#page.setChecked("#check", isChecked);
        return isChecked ? "on" : "";
      }
      case "radio": {
        const choice = this.#pick(["1", "2", "3", "4"].filter((one) => one !== this.expected.radio));
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
        await this.#form.settled(); // emptying what is empty is no edit: another's value may come before the first key
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
