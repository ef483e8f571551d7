import { expect, it } from "vitest";
import { jsonChangeOf, openJson, readJson, type JsonObject } from "./json-source.js";
import { mergeJson } from "./merge-json.js";

async function merged(text: string, wanted: JsonObject, path = "turbo.json"): Promise<string> {
  const source = openJson(path, text);
  await mergeJson(source, wanted);
  const change = jsonChangeOf(source);
  expect(change.before).toBe(text);
  return change.after;
}

it.each([
  ["an empty object", `{}`, { a: 1 }, `{ "a": 1 }`],
  ["a line", `{ "b": 1, "z": 1 }`, { a: [1] }, `{ "b": 1, "z": 1, "a": [1] }`],
  [
    "lines with comments",
    `{\n  // z\n  "z": 1 // one\n}\n`,
    { a: { b: true } },
    `{\n  // z\n  "z": 1, // one\n  "a": { "b": true }\n}\n`,
  ],
  [
    "an inner object in order",
    `{\r\n\t"x": {\r\n\t\t"a": 1,\r\n\t\t"c": 1\r\n\t}\r\n}`,
    { x: { b: 1 } },
    `{\r\n\t"x": {\r\n\t\t"a": 1,\r\n\t\t"b": 1,\r\n\t\t"c": 1\r\n\t}\r\n}`,
  ],
  [
    "an inner object without order",
    `{ "x": { "c": 1, "a": 1 } }`,
    { x: { b: 1 } },
    `{ "x": { "c": 1, "a": 1, "b": 1 } }`,
  ],
  ["a byte order mark", `\uFEFF{"x":1}`, { x: 2, y: 3 }, `\uFEFF{"x":1, "y": 3}`],
  ["what is there in another kind", `{ "x": 1 }`, { x: { y: 1 } }, `{ "x": 1 }`],
])("adds to %s, and changes nothing that is there", async (...[, before, wanted, after]) => {
  expect(await merged(before, wanted)).toBe(after);
});

it("writes lists as Prettier does in a package.json", async () => {
  expect(await merged(`{\n  "a": 1\n}`, { files: ["dist"] }, "package.json")).toBe(
    `{\n  "a": 1,\n  "files": [\n    "dist"\n  ]\n}`,
  );
});

it("reads every value that JSON has, and comments", () => {
  const text = `// c\n{ "a": [1, -2, "x", true, null, { "__proto__": 1 }], /* d */ "b": {} }`;
  expect(JSON.stringify(readJson("a.json", text))).toBe(`{"a":[1,-2,"x",true,null,{"__proto__":1}],"b":{}}`);
});

it.each(["[]", "1", `{ "a": f() }`, "{", ""])("refuses %j", (text) => {
  expect(() => readJson("a.json", text)).toThrow(/a\.json/);
});
