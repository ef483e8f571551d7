// Counts the files on a message's path and compares them with docs/architecture.md; with --write it makes the page so.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./gate/workspace.mjs";

const MAX_FILES_IN = 5; // as many as a reader remembers
const BEGIN = "<!-- message path: written by `node scripts/drift-message-path.mjs --write` -->";
const END = "<!-- message path: end -->";

/** The section of the page; throws where the page has no place for it. */
export function withSection(page, section) {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (after === undefined) throw new Error(`docs/architecture.md needs the lines\n${BEGIN}\n${END}`);
  return `${before}${BEGIN}\n\n${section}\n\n${END}${after}`;
}

/** The numbers of all transports, and the files of the first one. */
export function sectionOf(paths) {
  const [first] = paths;
  const rows = paths.map((path) => `| ${path.transport} | ${path.in.length} | ${path.out.length} |`);
  return [
    `| transport | in: socket → handler | out: \`broadcast\` → \`deliver\` |`,
    `| --- | --- | --- |`,
    ...rows,
    "",
    `In, over ${first.transport}: ${listed(first.in)}.`,
    "",
    `Out, over ${first.transport}: ${listed(first.out)}.`,
  ].join("\n");
}

/** Every transport whose way in is longer than it may be. */
export function tooLong(paths) {
  return paths
    .filter((path) => path.in.length > MAX_FILES_IN)
    .map(
      (path) =>
        `A message over ${path.transport} passes ${path.in.length} files, not ${MAX_FILES_IN}: ${path.in.join(" → ")}`,
    );
}

function listed(files) {
  return files.map((file) => (file.includes("/") ? `\`${shortened(file)}\`` : file)).join(" → ");
}

/** `packages/ping/src/x.ts` is `ping/x.ts` to a reader. */
function shortened(file) {
  return file.replace(/^packages\//, "").replace("/src/", "/");
}

function measured() {
  const command = ["--conditions=@repo/source", "--import", "tsx", "src/message-path/measure-message-path.ts"];
  return JSON.parse(execFileSync(process.execPath, command, { cwd: join(root, "chaos"), encoding: "utf8" }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, "docs/architecture.md");
  const page = readFileSync(file, "utf8");
  const paths = measured();
  const wanted = withSection(page, sectionOf(paths));
  const problems = tooLong(paths.slice(0, 1));
  if (process.argv.includes("--write")) writeFileSync(file, wanted);
  else if (tableless(page) !== tableless(wanted))
    problems.push("docs/architecture.md no longer lists the path; run: node scripts/drift-message-path.mjs --write");
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** Prettier pads the cells of a table; that is no difference. */
function tableless(text) {
  return text.replaceAll(/ +|-{3,}/g, " ");
}
