/** What stands for a slot in the joined text of a template. */
export const SLOT = "\uffff"; // no character: it stands in no text

/** A position in the text of a template, and what is written there. */
export class TemplateSource {
  readonly text: string;
  at = 0;

  constructor(strings: TemplateStringsArray) {
    if (strings.some((text) => text.includes(SLOT)))
      throw new TypeError("A template contains U+FFFF, which is no character. Remove it.");
    this.text = strings.join(SLOT);
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether the text continues like this, ignoring case. */
  startsWith(text: string): boolean {
    return this.text.slice(this.at, this.at + text.length).toLowerCase() === text;
  }

  /** The text that the sticky pattern matches here, after which reading continues; undefined: it does not match. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** The text up to the end mark, and the mark with it. */
  takeThrough(mark: string, what: string): string {
    const end = this.text.toLowerCase().indexOf(mark, this.at);
    if (end < 0) throw this.refusal(`${what} is not ended`, `write ${mark}`);
    const taken = this.text.slice(this.at, end + mark.length);
    if (taken.includes(SLOT)) throw this.refusal(`a slot in ${what}`, "move it out");
    this.at = end + mark.length;
    return taken;
  }

  /** The error that names the place, and what to write. */
  refusal(what: string, remedy: string): TypeError {
    const from = Math.max(0, this.at - 60);
    const near = this.text
      .slice(from, this.at + 40)
      .replaceAll(SLOT, "${…}")
      .replaceAll(/\s+/g, " ")
      .trim();
    return new TypeError(`Template: ${what}: ${remedy}. Near: ${near}`);
  }
}
