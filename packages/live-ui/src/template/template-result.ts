/** What a slot of a template may hold. Null, undefined and booleans print nothing. */
export type Slot =
  string | number | bigint | boolean | null | undefined | TemplateResult | TemplateList | RawHtml | readonly Slot[];

/** A template with its values: what `html` returns. */
export class TemplateResult {
  /** The text around the values; the same object for each call of one template. */
  readonly strings: TemplateStringsArray;
  /** What stands between them. */
  readonly values: readonly Slot[];
  /** The path of the component that this is the content of; undefined for all other templates. */
  readonly part: string | undefined;

  constructor(strings: TemplateStringsArray, values: readonly Slot[], part?: string) {
    this.strings = strings;
    this.values = values;
    this.part = part;
  }
}

/** Rows by their keys: what `each` returns. */
export class TemplateList {
  /** One for each row, no two the same. */
  readonly keys: readonly string[];
  /** The rows, in the order of the keys. */
  readonly results: readonly TemplateResult[];

  constructor(keys: readonly string[], results: readonly TemplateResult[]) {
    this.keys = keys;
    this.results = results;
  }
}

/** Text that is HTML already: what `raw` returns. */
export class RawHtml {
  /** HTML, which is not escaped. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
