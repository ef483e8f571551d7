import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { format } from "prettier";

const README = new URL("../README.md", import.meta.url);
const TABLES = /(<!-- tables -->\n)[\s\S]*(<!-- \/tables -->)/;

/** Puts the tables of a run into README.md, between their marks, under a line that says where they were taken. */
export async function writeTables(tables: readonly string[], how: string): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const where = `${date}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "an unknown CPU"}, ${how}.`;
  const readme = await readFile(README, "utf8");
  const body = `\n${where}\n\n${tables.join("\n")}\n`;
  const written = readme.replace(TABLES, (_all, open: string, end: string) => `${open}${body}${end}`);
  await writeFile(README, await format(written, { parser: "markdown", printWidth: 120 }));
}
