import { expect, it } from "vitest";
import { withTestTask } from "./test-task.js";
import { TURBO_JSON } from "./testing/turbo-files.js";

it("adds the task after the others, and keeps comments and layout", () => {
  const [before, after] = [TURBO_JSON.split("\n"), withTestTask(TURBO_JSON)?.split("\n") ?? []];
  expect(after.filter((line) => !before.includes(line))).toEqual([
    `    "check-types": { "dependsOn": ["^check-types"] },`,
    `    "test": { "dependsOn": ["^test"] }`,
  ]);
  expect(before.filter((line) => !after.includes(line))).toEqual([
    `    "check-types": { "dependsOn": ["^check-types"] }`,
  ]);
});

it("changes nothing where the task is there", () => {
  const text = `{ "tasks": { "test": { "cache": false } } }`;
  expect(withTestTask(text)).toBe(text);
  const once = withTestTask(TURBO_JSON) ?? "";
  expect(withTestTask(once)).toBe(once);
});

it("adds the task to a list that is empty, and to one that ends in a comma", () => {
  expect(JSON.parse(withTestTask(`{ "tasks": {} }`) ?? "")).toEqual({ tasks: { test: { dependsOn: ["^test"] } } });
  expect(withTestTask(`{\n  "tasks": {\n    "build": {},\n  },\n}\n`)).toBe(
    `{\n  "tasks": {\n    "build": {},\n    "test": { "dependsOn": ["^test"] },\n  },\n}\n`,
  );
});

it("keeps tabs and line endings", () => {
  const text = withTestTask(`{\r\n\t"tasks": {\r\n\t\t"build": {}\r\n\t}\r\n}\r\n`) ?? "";
  expect(text).toContain('\r\n\t\t"test": {');
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
});

it.each(["", "{", `{ "tasks": { "build": {} }`, "[]", `{ "pipeline": {} }`, `{ "tasks": [ } }`])(
  "gives undefined for %j",
  (text) => {
    expect(withTestTask(text)).toBeUndefined();
  },
);
