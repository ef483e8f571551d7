import { expect, it } from "vitest";
import { stepsOf, suitesOf } from "./node-versions.mjs";

const suite = (place, tag, hasTests = true) => ({ place, tag, hasTests, folder: `/repo/${place}` });
const ALL = [
  suite("packages/core-realtime", "core"),
  suite("packages/core-testing", "tool"),
  suite("packages/realtime-ws", "adapter"),
  suite("packages/realtime-postgres", "adapter"),
  suite("packages/tasks", "feature"),
  suite("packages/untested", "core", false),
  suite("chaos", "app"),
  suite("scripts", "tool"),
  suite("apps/web-next", "app"),
];
const places = (options) => suitesOf(ALL, { packages: [], isCore: false, ...options }).map(({ place }) => place);

it("takes every package with tests, and chaos", () => {
  expect(places({})).toEqual([
    "packages/core-realtime",
    "packages/core-testing",
    "packages/realtime-ws",
    "packages/realtime-postgres",
    "packages/tasks",
    "chaos",
  ]);
});

it("takes the core, its contracts and the transports for the gate, and no suite that needs a database server", () => {
  expect(places({ isCore: true })).toEqual(["packages/core-realtime", "packages/core-testing", "packages/realtime-ws"]);
});

it("takes the packages that are requested", () => {
  expect(places({ packages: ["realtime-ws", "chaos"] })).toEqual(["packages/realtime-ws", "chaos"]);
});

it("runs each suite in its folder, under each version, with that version first in the path", () => {
  const nodes = [
    { version: "22", path: "/node22/bin/node" },
    { version: "24", path: "/node24/bin/node" },
  ];
  const steps = stepsOf([suite("packages/core-realtime", "core")], nodes);
  expect(steps.map(({ name, folder }) => `${name} in ${folder}`)).toEqual([
    "node 22 core-realtime in /repo/packages/core-realtime",
    "node 24 core-realtime in /repo/packages/core-realtime",
  ]);
  expect(steps[1]?.run).toContain('PATH="/node24/bin:$PATH" "/node24/bin/node"');
});
