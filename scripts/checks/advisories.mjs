// Requests advisories from the registry against what production installs. High and critical ones fail.
// Some registries, mirrors above all, have no such endpoint: then the step reports that, and pinned-versions.mjs is the only check.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../gate/workspace.mjs";

const UNANSWERED = /ERR_PNPM_AUDIT_(?:BAD_RESPONSE|ENDPOINT_NOT_EXISTS)|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/;

/** Reads the outcome of `pnpm audit`: clean, found, or without a reply. */
export function readAudit({ status, output }) {
  if (status === 0) return "clean";
  return UNANSWERED.test(output) ? "no reply" : "found";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, stdout, stderr } = spawnSync("pnpm", ["audit", "--prod", "--audit-level", "high"], {
    cwd: root,
    encoding: "utf8",
  });
  const output = stdout + stderr;
  const outcome = readAudit({ status, output });
  console.log(
    outcome === "no reply" ? "note: this registry supports no audits; pinned versions are the only check" : output,
  );
  process.exitCode = outcome === "found" ? 1 : 0;
}
