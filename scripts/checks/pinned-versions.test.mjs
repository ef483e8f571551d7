import { expect, it } from "vitest";
import { pinProblems } from "./pinned-versions.mjs";

const lock = (...keys) =>
  `packages:\n\n${keys.map((key) => `  ${key}:\n    resolution: {integrity: sha512-x}\n`).join("\n")}`;
const floors = { ws: "8.21.1" };

it.each(["ws@8.21.1", "ws@8.21.10", "ws@8.100.0", "ws@9.0.0", "ws@9.0.0-beta.1"])("passes %s", (key) => {
  expect(pinProblems(lock(key), floors)).toEqual([]);
});

it.each(["ws@8.21.0", "ws@8.9.9", "ws@7.99.99", "ws@8.21.1-beta.1"])("finds %s", (key) => {
  expect(pinProblems(lock(key), floors)).toEqual([`ws ${key.slice(3)} is below 8.21.1`]);
});

it("finds an old copy beside a new one", () => {
  expect(pinProblems(lock("ws@7.5.9", "ws@8.23.0"), floors)).toEqual(["ws 7.5.9 is below 8.21.1"]);
});

it("reads quoted names, and does not take another package for the one it looks for", () => {
  const scoped = { "@scope/ws": "2.0.0", ws: "8.21.1" };
  expect(pinProblems(lock("'@scope/ws@1.0.0'", "ws@8.23.0", "isomorphic-ws@1.0.0"), scoped)).toEqual([
    "@scope/ws 1.0.0 is below 2.0.0",
  ]);
});

it("finds a floor that guards nothing", () => {
  expect(pinProblems(lock("other@1.0.0"), floors)).toEqual([expect.stringContaining("ws is not in the lock file")]);
});
