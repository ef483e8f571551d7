import type { JSONSchema } from "@typescript-eslint/utils";

const NAME: JSONSchema.JSONSchema4 = { type: "string", minLength: 1 };
const NAMES: JSONSchema.JSONSchema4 = { type: "array", items: NAME, uniqueItems: true };

/** The JSON schema of a floor table. */
export const FLOOR_TABLE_SCHEMA: JSONSchema.JSONSchema4 = {
  type: "object",
  properties: {
    floors: {
      type: "array",
      items: {
        type: "object",
        properties: { name: NAME, tag: NAME, part: NAME, imports: NAMES, uiImports: NAMES },
        required: ["name", "tag", "imports"],
        additionalProperties: false,
      },
    },
    uiFiles: NAMES,
    testFiles: NAMES,
    testImports: NAMES,
  },
  additionalProperties: false,
};
