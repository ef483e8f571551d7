import type { CallExpression, Expression } from "oxc-parser";
import { keyOf, type Json } from "../code/json-source.js";
import type { Source } from "../code/source.js";
import { bare, topLevelConst } from "../code/top-level-const.js";

/** A value that fits a zod schema, read off its code; undefined where the code says more than is understood here. */
export function sampleOf(source: Source, schema: Expression): Json | undefined {
  const node = resolved(source, schema);
  const chain = node ? chainOf(node) : undefined;
  if (!chain) return undefined;
  const [{ name, call }, ...checks] = chain;
  const base = sampleOfBase(source, name, call);
  return base === undefined ? undefined : checks.reduce<Json | undefined>(applyCheck, base);
}

/** The expression itself, or what the constant of that name in this file is. */
export function resolved(source: Source, node: Expression): Expression | undefined {
  const inner = bare(node);
  if (inner.type !== "Identifier") return inner;
  const value = topLevelConst(source, inner.name);
  return value?.type === "Identifier" ? undefined : value;
}

interface Step {
  readonly name: string;
  readonly call: CallExpression;
}

/** `z.string().min(1).max(9)` → string, min, max. */
function chainOf(node: Expression): readonly [Step, ...Step[]] | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const { object, property } = node.callee;
  if (property.type !== "Identifier") return undefined;
  const step: Step = { name: property.name, call: node };
  const before = object.type === "CallExpression" ? chainOf(object) : undefined;
  if (before) return [...before, step];
  return object.type === "CallExpression" ? undefined : [step]; // `z.string`, or `z.iso.date`
}

const WORDS: Readonly<Record<string, Json>> = {
  string: "hello",
  number: 1,
  int: 1,
  boolean: true,
  null: null,
  email: "ada@example.org",
  url: "https://example.org/",
  uuid: "0199d2c4-7c1e-7000-8000-000000000001",
  datetime: "2026-01-01T00:00:00Z",
  date: "2026-01-01",
};

function sampleOfBase(source: Source, name: string, { arguments: [first] }: CallExpression): Json | undefined {
  if (!first || first.type === "SpreadElement") return Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  const argument = resolved(source, first);
  if (name === "literal") return argument && literalOf(argument);
  if (name === "array") return [];
  if (name === "enum" && argument?.type === "ArrayExpression") {
    const [choice] = argument.elements;
    return choice && choice.type !== "SpreadElement" ? literalOf(choice) : undefined;
  }
  const isObject = name === "object" || name === "strictObject" || name === "looseObject";
  if (!isObject || argument?.type !== "ObjectExpression") return undefined;
  const sample: Record<string, Json> = {};
  for (const property of argument.properties) {
    const key = keyOf(property);
    if (property.type !== "Property" || key === undefined) return undefined;
    if (isOptional(property.value)) continue;
    const value = sampleOf(source, property.value);
    if (value === undefined) return undefined;
    sample[key] = value;
  }
  return sample;
}

function isOptional(node: Expression): boolean {
  const last = chainOf(node)?.at(-1)?.name;
  return last === "optional" || last === "nullish";
}

function applyCheck(value: Json | undefined, { name, call }: Step): Json | undefined {
  if (value === undefined) return undefined;
  const [argument] = call.arguments;
  const limit = argument && argument.type !== "SpreadElement" ? literalOf(argument) : undefined;
  if (NARROWS_NOTHING_HERE.has(name)) return value;
  if (typeof limit !== "number") return undefined;
  if (typeof value === "number") return byName(name, { min: Math.max(value, limit), max: Math.min(value, limit) });
  if (typeof value !== "string" || !value.startsWith("h")) return undefined; // an address cannot be cut to length
  const shortened = value.slice(0, limit);
  return byName(name, { min: value.padEnd(limit, "o"), max: shortened, length: shortened.padEnd(limit, "o") });
}

const NARROWS_NOTHING_HERE: ReadonlySet<string> = new Set(
  "brand default describe int meta nonnegative nullable nullish optional positive readonly strict trim".split(" "),
);

function byName(name: string, values: Readonly<Record<string, Json>>): Json | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function literalOf(node: Expression): Json | undefined {
  const { value } = node.type === "Literal" ? node : { value: undefined };
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
