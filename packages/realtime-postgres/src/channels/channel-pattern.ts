import type { ChannelTemplate } from "@repo/core-realtime";
import { storedNameOf, wireNameOf } from "./channel-names.js";

/** Bytes of a name in SQL, as the tables take it. */
export const MAX_NAME_BYTES = 1024;

/** A pattern of realtime.channels: `%` is one segment, a final `%%` one or more. Matches what `realtime.match` matches in SQL. */
export class ChannelPattern {
  readonly text: string;
  readonly #segments: readonly string[];
  readonly #isOpen: boolean;

  constructor(text: string) {
    this.text = text;
    this.#segments = text.split(":");
    this.#isOpen = this.#segments.at(-1) === "%%";
  }

  /** As the core takes it: what stands for the placeholders is in `params["1"]`, `params["2"]` …, the rest in one, with its `:`. */
  get template(): ChannelTemplate {
    let placeholders = 0;
    const segments = this.#segments.map((segment) =>
      segment === "%" || segment === "%%"
        ? ({ kind: "param", name: String((placeholders += 1)) } as const)
        : ({ kind: "literal", text: segment } as const),
    );
    return { separators: ":".repeat(segments.length - 1), segments };
  }

  /** The values of the placeholders in a name on the wire; undefined where the name is another's, or not in its one spelling. */
  match(wireName: string): Readonly<Record<string, string>> | undefined {
    const stored = storedNameOf(wireName);
    if (!isNameOfPatterns(stored) || wireNameOf(stored) !== wireName) return undefined;
    const parts = stored.split(":");
    const { length } = this.#segments;
    if (parts.length < length || (parts.length > length && !this.#isOpen)) return undefined;
    const params: Record<string, string> = Object.create(null);
    let placeholders = 0;
    for (const [index, segment] of this.#segments.entries()) {
      const part = parts[index] ?? "";
      if (segment === "%") params[(placeholders += 1)] = part;
      else if (segment === "%%") params[(placeholders += 1)] = parts.slice(index).join(":");
      else if (segment !== part) return undefined;
    }
    return parts.includes("") ? undefined : params;
  }

  /** The name on the wire with these values. */
  format(params: Readonly<Record<string, string>>): string {
    let placeholders = 0;
    const name = this.#segments
      .map((segment) => (segment === "%" || segment === "%%" ? params[(placeholders += 1)] : segment))
      .join(":");
    const wireName = wireNameOf(name);
    if (!this.match(wireName))
      throw new TypeError(`"${name}" is no name of the pattern "${this.text}": a value is empty, or holds ":" or "%".`);
    return wireName;
  }
}

function isNameOfPatterns(stored: string): boolean {
  return !UNSTORABLE.test(stored) && Buffer.byteLength(stored) <= MAX_NAME_BYTES;
}

const UNSTORABLE = /[%\0\p{Surrogate}]/u; // Postgres takes no U+0000 and no half of a surrogate pair
