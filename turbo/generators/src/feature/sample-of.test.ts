import { expect, it } from "vitest";
import { openSource } from "../code/source.js";
import { topLevelConst } from "../code/top-level-const.js";
import { sampleOf } from "./sample-of.js";

function sample(schema: string, others = "") {
  const source = openSource("a.ts", `${others}\nconst schema = ${schema};`);
  const node = topLevelConst(source, "schema");
  return node && sampleOf(source, node);
}

it.each([
  ["z.string()", "hello"],
  ["z.string().max(3)", "hel"],
  ["z.string().min(7).max(9)", "hellooo"],
  ["z.string().length(2)", "he"],
  ["z.string().trim().optional()", "hello"],
  ["z.int().positive()", 1],
  ["z.number().min(5)", 5],
  ["z.number().max(0)", 0],
  ["z.boolean()", true],
  ["z.null()", null],
  [`z.enum(["a", "b"])`, "a"],
  ["z.literal(7)", 7],
  ["z.array(z.custom())", []],
  ["z.uuid()", "0199d2c4-7c1e-7000-8000-000000000001"],
  ["z.iso.datetime()", "2026-01-01T00:00:00Z"],
  [
    "z.object({ a: z.string(), b: z.int().optional(), c: z.strictObject({ d: z.boolean() }) })",
    { a: "hello", c: { d: true } },
  ],
  [`z.looseObject({ "a-b": z.url() }).readonly()`, { "a-b": "https://example.org/" }],
  ["(z.object({ a: z.string() }) as any)", { a: "hello" }],
])("reads %s", (schema, value) => {
  expect(sample(schema)).toEqual(value);
});

it("looks up the constants of the file", () => {
  expect(sample("z.object({ id })", "const id = z.string().min(6);")).toEqual({ id: "helloo" });
  expect(sample("shared", "const shared = z.string();")).toBe("hello");
});

it.each([
  "z.string().regex(/a/)",
  "z.string().refine(isGood)",
  "z.email().max(3)",
  "z.custom()",
  "z.union([z.string()])",
  "z.enum(KINDS)",
  "z.object({ ...rest })",
  "z.object({ a: imported })",
  "imported",
  "string()",
  "z.array(z.string()).min(1)",
  "z.string",
  "f().string()",
])("says that it cannot read %s", (schema) => {
  expect(sample(schema)).toBeUndefined();
});
