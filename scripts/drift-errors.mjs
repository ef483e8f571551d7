// Says whether docs/errors.md is still what the one error table makes; with --write it makes it so.
import { readFileSync, writeFileSync } from "node:fs";
import { tsImport } from "tsx/esm/api";

const { ERROR_CODES } = await tsImport("../packages/core-realtime/src/wire/error-codes.ts", import.meta.url);
const page = new URL("../docs/errors.md", import.meta.url);

const GATES = {
  connect: "Gate 1, connect: the connection is not let in, or is closed",
  subscribe: "Gate 2, subscribe: a failure reply, or a `left` frame",
  message: "Gate 3, message: a failure reply",
  broadcast: "Gate 4, broadcast: thrown to the caller on the server",
  edge: "The connection as a whole: a `close` frame, then the transport closes",
};
const RETRY = {
  never: "no: the same will be refused again",
  later: "later",
  refresh: "after a new sign-in or token",
};

const text = `# Errors

Generated from \`packages/core-realtime/src/wire/error-codes.ts\` by \`node scripts/drift-errors.mjs --write\`; do not edit.

A client has the code in \`client.state.error\` and \`channel.state.error\`, a failed \`publish\` rejects with it; [see what fails](guides/see-what-fails.md) shows how to find the cause.

Close codes **41xx** mean come back, with jitter; **45xx** mean stay away until something has changed. Where there is no close code, the connection stays open.
${Object.entries(GATES)
  .map(([gate, title]) => sectionOf(gate, title))
  .join("")}`;

if (process.argv.includes("--write")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  console.error("docs/errors.md no longer matches error-codes.ts; run: node scripts/drift-errors.mjs --write");
  process.exitCode = 1;
}

function sectionOf(gate, title) {
  const rows = Object.entries(ERROR_CODES).filter(([, row]) => row.gate === gate);
  const lines = rows.map(
    ([code, { closeCode, retry, sentence }]) => `| \`${code}\` | ${closeCode ?? ""} | ${RETRY[retry]} | ${sentence} |`,
  );
  return `\n## ${title}\n\n| code | close | try again | sentence |\n|---|---|---|---|\n${lines.join("\n")}\n`;
}
