import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import type { Finding } from "./expected-findings.ts";

/** What a linter's command line did: its exit code and what it complained about, paths relative to `root`. */
export interface LintRun {
  readonly code: number;
  readonly findings: readonly Finding[];
}

/** Where to lint what: the folder the command starts in, the folder it lints, the folder that findings are named from. */
export interface LintTarget {
  readonly cwd: string;
  readonly target: string;
  readonly root: string;
}

/** Which ESLint; `eslint-9` is an alias of the same package in its version 9. */
export type EslintVersion = "eslint" | "eslint-9";

/** Runs the real ESLint, which finds `eslint.config.js` above the files if no other configuration is given. */
export async function eslint(
  { cwd, target, root }: LintTarget,
  { version = "eslint" as EslintVersion, config = [] as readonly string[] } = {},
): Promise<LintRun> {
  const args = ["--format", "json", "--no-cache", ...config, target];
  const { code, stdout } = await run(bin(version), args, cwd);
  const results: readonly EslintResult[] = JSON.parse(stdout);
  const findings = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, ruleId }) => `${relative(root, filePath)}:${line}:${column} ${bare(ruleId)}`),
  );
  return { code, findings: findings.sort() };
}

/** Runs the real Oxlint with the configuration in `root`. */
export async function oxlint({ cwd, target, root }: LintTarget): Promise<LintRun> {
  const { code, stdout } = await run(
    bin("oxlint"),
    ["--format", "json", "--config", join(root, ".oxlintrc.json"), target],
    cwd,
  );
  const { diagnostics }: { readonly diagnostics: readonly OxlintDiagnostic[] } = JSON.parse(stdout);
  const findings = diagnostics.flatMap(({ filename, labels, code: rule }) =>
    labels.map(({ span }) => `${relative(root, resolve(cwd, filename))}:${span.line}:${span.column} ${bare(rule)}`),
  );
  return { code, findings: findings.sort() };
}

interface EslintResult {
  readonly filePath: string;
  readonly messages: readonly { readonly line: number; readonly column: number; readonly ruleId: string | null }[];
}

interface OxlintDiagnostic {
  readonly filename: string;
  readonly code: string;
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[];
}

/** `realtime/no-direct-ws` and `realtime(no-direct-ws)` without the prefix, which is part of the check. */
function bare(rule: string | null): string {
  return /^realtime[/(]([\w-]+)\)?$/.exec(rule ?? "")?.[1] ?? `foreign rule ${rule}`;
}

function bin(name: EslintVersion | "oxlint"): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${name}/package.json`);
  return join(dirname(manifest), require(manifest).bin[name === "oxlint" ? name : "eslint"]);
}

function run(
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((done, fail) => {
    execFile(process.execPath, [script, ...args], { cwd, maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") return fail(error);
      if (stdout === "") return fail(new Error(`${script} printed nothing: ${stderr}`));
      done({ code: Number(error?.code ?? 0), stdout });
    });
  });
}
