import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { floorsWorkspace } from "../testing/floors-workspace.ts";
import { floorPlan } from "./floor-plan.ts";
import { ARCHITECTURE } from "./floor-table.ts";
import { workspaceAt } from "./workspace-members.ts";

const workspace = floorsWorkspace();
afterAll(() => workspace.remove());

const planOf = (floors: Parameters<typeof floorPlan>[0]) => floorPlan(floors, workspaceAt(workspace.root));

it("refuses a table in which a floor imports one that is not below it", () => {
  const floors = [
    { name: "low", tag: "low", imports: ["high"] },
    { name: "high", tag: "high", imports: [] },
  ];
  const sentence =
    'imports-go-down: "low" imports "high", which is no floor below it. List it earlier, or take it out.';
  expect(() => planOf(floors)).toThrow(new TypeError(sentence));
});

it("refuses a table with a UI exception that goes up", () => {
  const floors = [{ name: "low", tag: "low", imports: [], uiImports: ["low"] }];
  expect(() => planOf(floors)).toThrow(/"low" imports "low", which is no floor below it/);
});

it("puts a package with several tags on the highest of their floors", () => {
  const floors = [
    { name: "low", tag: "other", imports: [] },
    { name: "high", tag: "middle", imports: [] },
  ];
  expect(planOf(floors).unitOfSpecifier("@acme/ui/x")?.floor.name).toBe("high");
});

const page = readFileSync(join(import.meta.dirname, "../imports-go-down.md"), "utf8");
const home = join(import.meta.dirname, "../..");
const repository = workspaceAt(home);

it("names in its page, floor by floor, the packages of this repository that have the tag, and no other", () => {
  const rows = page.matchAll(/^\| (?!floor)(\S.*?) +\| `([a-z-]+)` +\| (.+?) +\|/gm);
  const written = [...rows].map(([, floor, tag, who = ""]) => [
    floor,
    tag,
    [...who.matchAll(/`(\w[\w/-]*)`/g)].map(([, name]) => name).sort(),
  ]);
  expect(written).toEqual(
    ARCHITECTURE.floors.map(({ name, tag, part }) => {
      const found = part === undefined ? repository.members.filter(({ tags }) => tags.includes(tag)) : [];
      return [name, tag, found.map(({ folder }) => folder.replace("packages/", "")).sort()];
    }),
  );
});

it("allows no floor what turbo's boundaries refuse its tag", () => {
  const rules = boundaries(JSON.parse(readFileSync(join(home, "turbo.json"), "utf8")));
  const tagOf = new Map(ARCHITECTURE.floors.map(({ name, tag }) => [name, tag]));
  const edges = ARCHITECTURE.floors.flatMap(({ tag, imports, uiImports = [] }) =>
    [...imports, ...uiImports].map((floor) => [tag, tagOf.get(floor) ?? floor] as const),
  );
  expect(edges.length).toBeGreaterThan(0);
  const refused = edges.filter(([tag, other]) => {
    if (tag === other) return false; // two parts of one package
    const { allow, deny = [] } = rules[tag]?.dependencies ?? {};
    return deny.includes(other) || !(allow ?? [other]).includes(other);
  });
  expect(refused).toEqual([]);
  expect(Object.keys(rules)).toEqual(expect.arrayContaining(ARCHITECTURE.floors.map(({ tag }) => tag)));
});

interface TagRules {
  readonly dependencies?: { readonly allow?: readonly string[]; readonly deny?: readonly string[] };
}

function boundaries(turbo: { readonly boundaries: { readonly tags: Readonly<Record<string, TagRules>> } }) {
  return turbo.boundaries.tags;
}
