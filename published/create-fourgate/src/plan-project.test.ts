import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { applyPlan } from "./apply-plan.js";
import { HOSTS, type HostName } from "./host.js";
import { planProject } from "./plan-project.js";
import { temporaryFolder } from "./testing/temporary-folder.js";

const NAMES = Object.keys(HOSTS) as HostName[];
const FEATURE = ["polls.channel.ts", "polls.handler.ts", "polls.test.ts", "realtime.ts"];

it.each(NAMES)("plans each path of %s once, from a template that exists, for a new and an existing app", (host) => {
  for (const isNew of [true, false]) {
    const { files, manifests } = planProject({ host, isNew, version: "1.2.3" });
    const paths = [...files, ...manifests].map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(files.every(({ text }) => text.length > 0)).toBe(true);
    expect(manifests.map(({ additions }) => additions.dependencies["fourgate"])).toEqual(["^1.2.3"]);
  }
});

it.each(NAMES)("plans the same files of %s for each run", (host) => {
  const folder = temporaryFolder(host === "next" ? { "package.json": "{}" } : {});
  applyPlan(folder.path, planProject({ host, isNew: true, version: "1.2.3" }));
  const again = planProject({ host, isNew: host !== "next", version: "1.2.3" });
  expect(applyPlan(folder.path, again).written).toEqual([]);
});

it.each(NAMES.filter((host) => host !== "next"))("gives an app of %s that exists the feature alone", (host) => {
  const { files, manifests } = planProject({ host, isNew: false, version: "1.2.3" });
  const component = host === "vite-react" ? ["poll.tsx"] : [];
  expect(files.map(({ path }) => path)).toEqual([...FEATURE, ...component].map((name) => `src/realtime/${name}`));
  expect(manifests[0]?.additions.scripts).toEqual({ test: "vitest run src/realtime/" }); // where the app has none
});

it("plans imports without an ending for Next, below the folder of its code", () => {
  const { files } = planProject({ host: "next", isNew: false, sourceFolder: "src/", version: "1.2.3" });
  expect(files.every(({ path }) => path.startsWith("src/"))).toBe(true);
  expect(files.filter(({ text }) => /from "\.[^"]*\.js"/.test(text))).toEqual([]);
});

it.each(NAMES.filter((host) => host !== "next"))("imports only files of %s that are planned", (host) => {
  const { files } = planProject({ host, isNew: true, version: "1.2.3" });
  const paths = files.map(({ path }) => path.replace(/\.tsx?$/, ""));
  for (const { path, text } of files)
    for (const [, specifier] of text.matchAll(/from "(\.[^"]+?)(?:\.js)?"/g))
      expect(paths).toContain(new URL(specifier ?? "", `file:///${path}`).pathname.slice(1));
});

it("uses every template", () => {
  const folder = new URL("../templates/", import.meta.url);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("workspace"));
  const used = new Set(
    NAMES.flatMap((host) =>
      planProject({ host, isNew: true, hasServer: true, version: "1.2.3" }).files.map(({ text }) => text),
    ),
  );
  expect(used.size).toBeGreaterThanOrEqual(files.length - 1); // Next's own copies of the feature differ from the others'
});
