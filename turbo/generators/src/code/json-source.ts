import type { Expression, ObjectExpression, ObjectPropertyKind } from "oxc-parser";
import { Refusal } from "../refusal.js";
import type { FileChange } from "../workspace/change.js";
import { openSource, type Source } from "./source.js";

const OPEN = "("; // JSON, with comments or without, is an expression of the language, so one parser reads both
const CLOSE = "\n)";

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object in JSON. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON file, parsed; comments are allowed. */
export interface JsonSource extends Source {
  readonly root: ObjectExpression;
}

/** Parses a JSON file whose outermost value is an object. */
export function openJson(path: string, text: string): JsonSource {
  const source = openSource(path, `${OPEN}${text}${CLOSE}`, "ts");
  const [statement] = source.program.body;
  const inner = statement?.type === "ExpressionStatement" ? statement.expression : undefined;
  const root = inner?.type === "ParenthesizedExpression" ? inner.expression : inner;
  if (root?.type !== "ObjectExpression")
    throw new Refusal(`${path} holds no JSON object: repair it and run this again.`);
  return { ...source, root };
}

/** The file as it shall be. */
export function jsonChangeOf({ path, text, edits }: JsonSource): FileChange {
  const unwrap = (wrapped: string): string => wrapped.slice(OPEN.length, -CLOSE.length);
  return { path, before: unwrap(text), after: unwrap(edits.toString()) };
}

/** What a JSON file says. */
export function readJson(path: string, text: string): JsonObject {
  return objectOf(openJson(path, text).root, path);
}

/** Is this an object, and neither a list nor a single value? */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The name of a property. */
export function keyOf(property: ObjectPropertyKind): string | undefined {
  if (property.type !== "Property") return undefined;
  if (property.key.type === "Literal") return String(property.key.value);
  return property.key.type === "Identifier" ? property.key.name : undefined;
}

function objectOf({ properties }: ObjectExpression, path: string): JsonObject {
  return Object.fromEntries(
    properties.flatMap((property) => {
      const key = keyOf(property);
      return property.type === "Property" && key !== undefined ? [[key, valueOf(property.value, path)]] : [];
    }),
  );
}

function valueOf(node: Expression, path: string): Json {
  if (node.type === "ObjectExpression") return objectOf(node, path);
  if (node.type === "ArrayExpression")
    return node.elements.flatMap((element) =>
      element && element.type !== "SpreadElement" ? [valueOf(element, path)] : [],
    );
  if (node.type === "UnaryExpression" && node.argument.type === "Literal") return -Number(node.argument.value);
  if (node.type === "Literal" && ["string", "number", "boolean"].includes(typeof node.value)) return node.value as Json;
  if (node.type === "Literal" && node.value === null) return null;
  throw new Refusal(`${path} is no JSON: repair it and run this again.`);
}
