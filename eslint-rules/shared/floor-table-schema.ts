import type { JSONSchema } from "@typescript-eslint/utils";

const NAMES: JSONSchema.JSONSchema4 = { type: "array", items: { type: "string", minLength: 1 }, uniqueItems: true };

/** The JSON schema of a floor table. */
export const FLOOR_TABLE_SCHEMA: JSONSchema.JSONSchema4 = {
  type: "object",
  properties: {
    scope: { type: "string", pattern: "^@[^/]+/$" },
    floors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          name: { type: "string", minLength: 1 },
          packages: NAMES,
          folder: { type: "string", minLength: 1 },
          imports: NAMES,
          uiImports: NAMES,
        },
        required: ["name", "imports"],
        additionalProperties: false,
      },
    },
    uiFiles: NAMES,
    testFiles: NAMES,
    testImports: NAMES,
  },
  additionalProperties: false,
};
