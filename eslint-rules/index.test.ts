import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "eslint/config";
import { expect, it } from "vitest";
import { plugin } from "./index.ts";
import oxlintPreset from "./oxlint.json" with { type: "json" };
import door from "./plugin.js";

const here = import.meta.dirname;
const files = readdirSync(here);
const notRules = ["index", "exports-maps", "fixtures", "house-config", "stock-workspace", "README", "CHANGELOG"];
const rules = files.flatMap((file) => /^([\w-]+?)\.(?:test\.ts|ts|md)$/.exec(file)?.[1] ?? []);
const names = [...new Set(rules)].filter((name) => !notRules.includes(name)).sort();

it("has code, test and page for every rule", () => {
  const wanted = names.flatMap((name) => [`${name}.ts`, `${name}.test.ts`, `${name}.md`]);
  expect(names).not.toEqual([]);
  expect(wanted.filter((file) => !files.includes(file))).toEqual([]);
});

it("exports every rule", () => {
  expect(Object.keys(plugin.rules).sort()).toEqual(names);
});

it("switches every rule on in configs.recommended, with the plugin's own object", () => {
  const { rules: recommended, plugins } = plugin.configs.recommended;
  expect(recommended).toEqual(Object.fromEntries(names.map((name) => [`realtime/${name}`, "error"])));
  expect(plugins.realtime).toBe(plugin);
});

it("switches every rule on in the preset for Oxlint", () => {
  expect(oxlintPreset.rules).toEqual(plugin.configs.recommended.rules);
});

const descriptions = Object.entries(plugin.rules).map(([name, { meta }]) => [name, meta.docs?.description] as const);

it("has every rule in the README's table, with its link and its sentence", () => {
  const rows = readFileSync(join(here, "README.md"), "utf8").matchAll(/^\| \[`(.+)`\]\((.+)\) +\| (.+?) +\|$/gm);
  expect([...rows].map((row) => row.slice(1))).toEqual(
    descriptions.map(([name, description]) => [name, `./${name}.md`, description]),
  );
});

it.each(descriptions)(
  "has a page for %s that says what it asks, shows both sides and its limits",
  (name, description) => {
    const page = readFileSync(join(here, `${name}.md`), "utf8");
    expect(page.split("\n").slice(0, 3)).toEqual([`# ${name}`, "", description]);
    expect(page.match(/^## .+/gm)).toEqual(expect.arrayContaining(["## Wrong", "## Right", "## What it cannot see"]));
  },
);

it.each(files.filter((file) => file.endsWith(".md")))("names in %s only packages that exist", (file) => {
  const text = readFileSync(join(here, file), "utf8");
  const ours = [...text.matchAll(/(?:packages\/|@repo\/|`)((?:core|realtime|live)-[a-z-]+)/g)].map(([, name]) => name);
  expect(ours.filter((name = "") => !existsSync(join(here, "../packages", name)))).toEqual([]);
});

it("says what to do instead in every message, in whole sentences", () => {
  const messages = Object.values(plugin.rules).flatMap((rule) => Object.values(rule.meta.messages));
  expect(messages.filter((message) => !/\.$/.test(message) || message.length < 40)).toEqual([]);
});

it("fits into defineConfig, whole and rule by rule", () => {
  const config = defineConfig(door.configs.recommended, {
    plugins: { realtime: door },
    rules: { "realtime/no-direct-ws": ["error", { allow: ["bench/**"] }] },
  });
  expect(config).toHaveLength(2);
});

it("opens by the door that linters use, under the name that gives the prefix", () => {
  expect(door.meta.name).toBe("eslint-plugin-realtime");
  expect(Object.keys(door.rules)).toEqual(Object.keys(plugin.rules));
});
