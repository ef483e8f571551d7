import type { Schema } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { fingerprintOf } from "./fingerprint.js";

const BASE = { filter: z.string().default(""), page: z.int().min(1), tags: z.array(z.string()).optional() };

it("is short, and equal for equal schemas, in whatever order their fields are written", () => {
  const { filter, page, tags } = BASE;
  const fingerprint = fingerprintOf(z.object({ filter, page, tags, inner: z.object({ a: filter, b: page }) }));
  expect(fingerprint).toMatch(/^[\w-]{8}$/);
  expect(fingerprintOf(z.object({ inner: z.object({ b: page, a: filter }), tags, page, filter }))).toBe(fingerprint);
});

it("changes with every part of a schema", () => {
  const changed = [
    z.object(BASE),
    z.object({ ...BASE, more: z.string() }),
    z.object({ ...BASE, more: z.string().optional() }),
    z.object({ ...BASE, page: z.int().min(2) }),
    z.object({ ...BASE, page: z.int().min(1).optional() }),
    z.object({ ...BASE, page: z.string() }),
    z.object({ ...BASE, filter: z.string() }),
    z.object({ ...BASE, filter: z.string().default("x") }),
    z.object({ filter: BASE.filter }),
    z.strictObject(BASE),
    ...[z.date(), z.bigint(), z.undefined(), z.set(z.string()), z.set(z.date()), z.map(z.string(), z.date())].map(
      (more) => z.object({ ...BASE, more }),
    ),
    z.object({ ...BASE, more: z.map(z.date(), z.string()) }),
    z.object({ ...BASE, more: z.instanceof(Uint8Array) }),
    ...[1n, 2n, undefined].map((value) => z.object({ ...BASE, more: z.literal(value) })),
  ];
  expect(new Set(changed.map(fingerprintOf)).size).toBe(changed.length);
});

it("describes schemas that contain themselves", () => {
  const node = (extra: z.ZodType) => {
    const made = z.object({
      extra,
      get children() {
        return z.array(made);
      },
    });
    return made;
  };
  expect(fingerprintOf(node(z.string()))).toBe(fingerprintOf(node(z.string())));
  expect(fingerprintOf(node(z.string()))).not.toBe(fingerprintOf(node(z.date())));
});

it("is made of the description that a schema of another library gives", () => {
  const validate = (value: unknown) => ({ value });
  const schema = (type: string): Schema => {
    const jsonSchema = { input: () => ({ type }), output: () => ({ type }) };
    return { "~standard": { version: 1, vendor: "other", validate, jsonSchema } } as Schema;
  };
  expect(fingerprintOf(schema("string"))).not.toBe(fingerprintOf(schema("number")));
  const silent: Schema = { "~standard": { version: 1, vendor: "silent", validate } };
  expect(fingerprintOf(silent)).toMatch(/^[\w-]{8}$/);
  const failing = {
    "~standard": { ...silent["~standard"], jsonSchema: { input: refuseToDescribe, output: refuseToDescribe } },
  } as Schema;
  expect(fingerprintOf(failing)).toBe(fingerprintOf(silent));
});

function refuseToDescribe(): never {
  throw new Error("A Date is not described.");
}
