/** What a slot of a template may hold. Null, undefined and booleans print nothing. */
export type Slot =
  string | number | bigint | boolean | null | undefined | TemplateResult | TemplateList | RawHtml | readonly Slot[];

/** A template with its values: what `html` returns. */
export class TemplateResult {
  readonly strings: TemplateStringsArray;
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
  readonly keys: readonly string[];
  readonly results: readonly TemplateResult[];

  constructor(keys: readonly string[], results: readonly TemplateResult[]) {
    this.keys = keys;
    this.results = results;
  }
}

/** Text that is HTML already: what `raw` returns. */
export class RawHtml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
