import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, type } from "node:os";
import { format } from "prettier";
import { measuredOn } from "./measured-on.js";

/** The results of a whole run, in Markdown. */
export interface WrittenRun {
  readonly tables: readonly string[];
  /** For the README of the repository. */
  readonly headline: string;
  /** With what it was measured. */
  readonly how: string;
}

/** The files that a run is written into. */
interface WrittenFiles {
  readonly bench: URL;
  readonly repository: URL;
}

/** The README of the bench, and the repository's. */
export const READMES: WrittenFiles = {
  bench: new URL("../../README.md", import.meta.url),
  repository: new URL("../../../README.md", import.meta.url),
};

/** Puts a run into the one file and its headline into the other, each between its marks. */
export async function writeTables({ tables, headline, how }: WrittenRun, files = READMES): Promise<void> {
  const [{ model = "an unknown CPU" } = {}] = cpus();
  const machine = `${cpus().length} × ${model.trim()}, ${type()} ${release().replace(/-.*/, "")}, Node ${process.version}`;
  const where = `\`pnpm bench --write\` on ${measuredOn()}: ${machine}, ${how}.`;
  await writeBetween(files.bench, "tables", `${where}\n\n${tables.join("\n")}`);
  await writeBetween(files.repository, "how-fast", headline);
}

async function writeBetween(file: URL, mark: string, body: string): Promise<void> {
  await writeFile(file, await format(between(await readFile(file, "utf8"), mark, body), { parser: "markdown", printWidth: 120 })); // prettier-ignore
}

/** A text with something else between its marks; a text without them is an error. */
export function between(text: string, mark: string, body: string): string {
  const [open, end] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(end)];
  if (from === -1 || to < from) throw new TypeError(`There is no ${open.trim()} … ${end} to write between.`);
  return `${text.slice(0, from + open.length)}\n${body.trim()}\n\n${text.slice(to)}`;
}
