import type { JSONSchema } from "@typescript-eslint/utils";

const GLOBS: JSONSchema.JSONSchema4 = { type: "array", items: { type: "string", minLength: 1 }, uniqueItems: true };

/** The JSON schema of options that are lists of globs, and of nothing else. */
export function globsSchema(...names: readonly string[]): JSONSchema.JSONSchema4[] {
  const properties = Object.fromEntries(names.map((name) => [name, GLOBS]));
  return [{ type: "object", properties, additionalProperties: false }];
}
