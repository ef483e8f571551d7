import { expect, it } from "vitest";
import { parse } from "yaml";
import { WorkspaceYaml } from "./workspace-yaml.js";

const TEXT = `# ours
packages:
  - apps/* # sites
catalog:
  # first
  b: 1.0.0 # one
  d: "2"
other: true
`;

function edited(text: string, edit: (yaml: WorkspaceYaml) => void): string {
  const yaml = new WorkspaceYaml("pnpm-workspace.yaml", text);
  edit(yaml);
  return yaml.text;
}

it("puts entries in order and items last, and keeps the rest", () => {
  const after = edited(TEXT, (yaml) => {
    yaml.addEntries("catalog", { a: "0.1.0", "@x/c": "1.0.0", c: "1.5.0", e: "npm:f@3.0.0", b: "9.9.9" });
    yaml.addItems("packages", ["packages/*", "apps/*"]);
  });
  expect(after).toBe(`# ours
packages:
  - apps/* # sites
  - packages/*
catalog:
  # first
  "@x/c": 1.0.0
  a: 0.1.0
  b: 1.0.0 # one
  c: 1.5.0
  d: "2"
  e: npm:f@3.0.0
other: true
`);
});

it("appends where there is no order, and where there is no such map", () => {
  const after = edited("catalog:\n    z: 1\n    a: 1", (yaml) => {
    yaml.addEntries("catalog", { m: "1" });
    yaml.addEntries("allowBuilds", { esbuild: "false" });
    yaml.addSetting("pmOnFail", "ignore");
    yaml.addSetting("pmOnFail", "warn");
  });
  expect(after).toBe("catalog:\n    z: 1\n    a: 1\n    m: 1\nallowBuilds:\n  esbuild: false\npmOnFail: ignore\n");
});

it("keeps line ends of two marks", () => {
  const after = edited("packages:\r\n  - a\r\nb: 1\r\n", (yaml) => yaml.addItems("packages", ["c"]));
  expect(after).toBe("packages:\r\n  - a\r\n  - c\r\nb: 1\r\n");
});

it("adds to a map whose last value is a map, and means the same", () => {
  const after = edited("x: 1\na:\n  b:\n    c: 1\n\n# end\n", (yaml) => yaml.addEntries("a", { z: "1" }));
  expect(parse(after)).toEqual({ x: 1, a: { b: { c: 1 }, z: 1 } });
});

it.each(["catalog: {}\n", "catalog:\n", "catalog: { a: 1 }\n"])("prints the line to paste into %j", (text) => {
  const add = () => edited(text, (yaml) => yaml.addEntries("catalog", { zod: "4.0.0" }));
  expect(add).toThrow("no lines under `catalog:`. Paste this one there and run this again:\n\n  zod: 4.0.0\n");
});

it("refuses a file that does not parse", () => {
  expect(() => edited("a: [\n", (yaml) => yaml.addItems("packages", ["x"]))).toThrow(
    "pnpm-workspace.yaml does not parse",
  );
});
