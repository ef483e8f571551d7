import type { LivePage } from "./live-page.js";

/** A page that a URL is of. */
export interface FoundPage {
  readonly page: LivePage;
  /** The values of the URL's path, as text. */
  readonly raw: Readonly<Record<string, string>>;
}

/** The pages of an app, by path. */
export class PageTable {
  readonly #pages: readonly LivePage[];

  /** @throws TypeError where two pages have one path, or paths that one channel would stand for. */
  constructor(pages: readonly LivePage[]) {
    const ids = new Map<string, string>();
    for (const { path } of pages) {
      const other = ids.get(path.id);
      if (other !== undefined)
        throw new TypeError(
          `The pages "${other}" and "${path.text}" have the same name for their channel; rename one.`,
        );
      ids.set(path.id, path.text);
    }
    this.#pages = pages.toSorted((a, b) => placeholders(a) - placeholders(b)); // the more exact one first
  }

  all(): readonly LivePage[] {
    return this.#pages;
  }

  match(pathname: string): FoundPage | undefined {
    for (const page of this.#pages) {
      const raw = page.path.match(pathname);
      if (raw) return { page, raw };
    }
    return undefined;
  }
}

function placeholders({ path }: LivePage): number {
  return path.text.split(":").length;
}
