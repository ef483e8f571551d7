import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { PlopTypes } from "@turbo/gen";

/**
 * What `turbo gen` loads. It asks, and leaves the work to `generate.mjs` in a process of its own: turbo bundles this file into
 * one script, which a native parser cannot be part of.
 */
export default function generators(plop: PlopTypes.NodePlopAPI): void {
  plop.setGenerator("feature", {
    description: "a package for a feature: --args <name>",
    prompts: [ask("feature", "What is the feature called?"), given("mode")],
    actions: [(answers) => generate(plop, ["feature", ...said(answers, ["feature", "mode"])])],
  });

  plop.setGenerator("realtime", {
    description: "a channel and what belongs to it; --args help shows every command, and --args channel help one",
    prompts: [
      ask("kind", "A feature, a channel, a handler for one, a sql-channel or a live-table? Or remove, list or help?"),
      ...WORDS.map(given),
      {
        ...ask("askedFeature", "In which feature?"),
        when: (answers) => isNamed(answers) && answers.word1 === undefined,
      },
      {
        ...ask("askedSlug", SLUG),
        when: (answers) => isNamed(answers) && answers.kind !== "feature" && answers.word2 === undefined,
      },
      {
        ...ask("askedScope", SCOPES),
        when: (answers) => isNamed(answers) && answers.kind === "channel" && answers.word3 === undefined,
      },
    ],
    actions: [(answers) => generate(plop, said(answers, ["kind", ...IN_ORDER]))],
  });

  plop.setGenerator("live", {
    description: "a page that the server renders and keeps up to date: --args <feature> <page>",
    prompts: [ask("feature", "In which feature?"), ask("page", "What is the page called?"), given("mode")],
    actions: [(answers) => generate(plop, ["live", ...said(answers, ["feature", "page", "mode"])])],
  });

  plop.setGenerator("core-package", {
    description:
      "@repo/core-realtime over fourgate: --args realtime; its sources: --args realtime eject or update [<path of Fourgate>]",
    prompts: [ask("name", "Which core package?"), given("first"), given("second"), given("mode")],
    actions: [(answers) => generate(plop, ["core-package", ...said(answers, ["name", "first", "second", "mode"])])],
  });
}

/** As many words as a channel with every option has, and a few more: turbo refuses what has no prompt. */
const WORDS = Array.from({ length: 12 }, (_, index) => `word${index + 1}`);
const IN_ORDER = [...["word1", "askedFeature", "word2", "askedSlug", "word3", "askedScope"], ...WORDS.slice(3)];

/** Is a feature named after it? Not where its help is wanted. */
function isNamed({ kind, word1 }: PlopTypes.Answers): boolean {
  return word1 !== "help" && typeof kind === "string" && !["remove", "list", "help"].includes(kind);
}

const SLUG = "What is the channel called (for a sql-channel: its pattern; for a live-table: its table)?";
const SCOPES = "Who may join: public, authenticated, role:<role> or user:<param>?";

function ask(name: string, message: string): PlopTypes.PromptQuestion {
  return { type: "input", name, message };
}

/** Taken from `--args`, never asked for; a function as `when` would keep it from being given at all. */
function given(name: string): PlopTypes.PromptQuestion {
  return { ...ask(name, name), when: false };
}

function said(answers: PlopTypes.Answers, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (typeof answers[name] === "string" ? [answers[name]] : []));
}

function generate(plop: PlopTypes.NodePlopAPI, words: readonly string[]): string {
  const root = plop.getDestBasePath(); // a bundle has no import.meta.url
  const args = [join(root, "turbo/generators/generate.mjs"), ...words, "--root", root];
  const { status, error } = spawnSync(process.execPath, args, { stdio: "inherit", cwd: root });
  if (error) throw error;
  if (status !== 0) throw new Error("nothing was written; the reason stands above");
  return words.join(" ");
}
