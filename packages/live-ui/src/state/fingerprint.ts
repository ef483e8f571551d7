import { createHash } from "node:crypto";
import type { Schema } from "@repo/core-realtime";
import { z } from "zod";

/**
 * A short text that changes with a state's schema, so that a server that was deployed since knows that a state was made by another one.
 * Eight characters, the same for the same schema on every node and after a restart, in whatever order its fields are written.
 *
 * It is made of the schema's JSON Schema, input and output. What that does not contain (refinements, transforms), and every change of a
 * schema whose library describes nothing, goes unnoticed: a restored state is validated all the same.
 */
export function fingerprintOf(schema: Schema): string {
  const description = JSON.stringify([descriptionOf(schema, "input"), descriptionOf(schema, "output")], inOneOrder);
  return createHash("sha256").update(description).digest("base64url").slice(0, 8);
}

type Side = "input" | "output";

function descriptionOf(schema: Schema, side: Side): unknown {
  if (isZod(schema)) return zodDescription(schema, side);
  const { jsonSchema, vendor }: Schema["~standard"] & Partial<SelfDescription> = schema["~standard"];
  try {
    return jsonSchema?.[side]({ target: "draft-2020-12" }) ?? vendor;
  } catch {
    return vendor; // it has a Date, a Map or the like, which JSON Schema does not describe
  }
}

/** Standard JSON Schema, of which zod and arktype are: https://standardschema.dev */
interface SelfDescription {
  readonly jsonSchema: Readonly<Record<Side, (options: { readonly target: string }) => unknown>>;
}

function isZod(schema: object): schema is z.core.$ZodType {
  return "_zod" in schema;
}

/** JSON Schema, and names for what it has none for. */
function zodDescription(schema: z.core.$ZodType, side: Side): unknown {
  return z.toJSONSchema(schema, {
    io: side,
    unrepresentable: ({ zodSchema }) => {
      const { def } = zodSchema._zod;
      const parts = def.type === "map" ? [def.keyType, def.valueType] : def.type === "set" ? [def.valueType] : [];
      const values = def.type === "literal" ? def.values.map((value) => `${typeof value} ${value}`) : [];
      const described: object = { type: def.type, parts: parts.map((part) => zodDescription(part, side)), values };
      return described as z.core.JSONSchema.BaseSchema; // ours, which only this file reads
    },
  });
}

/** Sorts the keys of objects, and the list of required ones. */
function inOneOrder(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return key === "required" ? value.toSorted() : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
