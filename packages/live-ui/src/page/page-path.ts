const SEGMENT = /^(?:[A-Za-z0-9_.~-]+|:[A-Za-z][A-Za-z0-9]*)$/;
const MAX_VALUE = 256;

/** A page's path, such as `/boards/:boardId`: each `:name` is one segment of the URL. */
export class PagePath {
  readonly text: string;
  readonly #segments: readonly string[];

  /** @throws TypeError where the path is none. */
  constructor(text: string) {
    this.text = text;
    this.#segments = text === "/" ? [] : text.slice(1).split("/");
    if (!text.startsWith("/") || !this.#segments.every((segment) => SEGMENT.test(segment)))
      throw new TypeError(
        `live("${text}"): write a path such as "/boards/:boardId"; a segment has letters, digits, "_", "-", ".", "~", or is one ":name".`,
      );
    const names = this.#names();
    if (new Set(names).size < names.length) throw new TypeError(`live("${text}"): a name stands twice in the path.`);
  }

  /** The path as part of a channel's name: `/boards/:boardId` is `boards-boardId`. */
  get id(): string {
    const parts = this.#segments.map((segment) => segment.replaceAll(/[^A-Za-z0-9_]/gu, ""));
    return parts.join("-") || "index";
  }

  /** The name of an instance's channel. */
  channelOf<Instance extends string>(instance: Instance): `live-${string}.${Instance}` {
    return `live-${this.id}.${instance}`;
  }

  /** The values of a URL's path; undefined where it is another page's. */
  match(pathname: string): Readonly<Record<string, string>> | undefined {
    const given = pathname === "/" ? [] : pathname.slice(1).split("/");
    if (given.length !== this.#segments.length) return undefined;
    const values: Record<string, string> = {};
    for (const [at, segment] of this.#segments.entries()) {
      const value = decoded(given[at] ?? "");
      if (value === undefined) return undefined;
      if (!segment.startsWith(":")) {
        if (value !== segment) return undefined;
      } else if (value === "" || value.length > MAX_VALUE) return undefined;
      else values[segment.slice(1)] = value;
    }
    return values;
  }

  #names(): string[] {
    return this.#segments.filter((segment) => segment.startsWith(":"));
  }
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
