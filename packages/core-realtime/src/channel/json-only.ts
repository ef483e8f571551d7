import type { RefusalSchemas } from "./realtime-channel.js";
import type { EventOf, EventSchemas, InputOf, OutputOf, Schema, SchemaOf } from "./schema.js";

/** What JSON does not carry: it arrives as a string, as `{}`, or not at all. */
type NotJson =
  | Date
  | bigint
  | symbol
  | RegExp
  | ArrayBuffer
  | ArrayBufferView
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ((...given: never) => unknown);

/** The parts of a type that JSON does not carry; `never` where there are none. Six levels deep: a type may contain itself. */
export type Unsendable<Value, Depth extends readonly 0[] = []> = unknown extends Value
  ? never
  : Value extends NotJson
    ? Value
    : Depth["length"] extends 6
      ? never
      : Value extends readonly (infer Item)[]
        ? Unsendable<Item, [...Depth, 0]>
        : Value extends object
          ? { [Key in keyof Value]-?: Unsendable<Value[Key], [...Depth, 0]> }[keyof Value]
          : never;

/** Nothing where a value can travel as JSON, or else a field that no schema fits, named after what to do. */
type Sendable<Field extends string, Value> = [Unsendable<Value>] extends [never]
  ? unknown
  : {
      readonly [
        Name in Field
      ]: "JSON does not carry a Date, bigint, Map or Set: describe what travels, such as z.iso.datetime()";
    };

/** What a channel's schemas may promise: listeners and handlers get what JSON carries. */
export type JsonOnly<
  Payload extends EventSchemas,
  Inbound extends EventSchemas | undefined,
  Reply extends Schema | undefined,
  Ask extends Schema | undefined,
  Opening extends Schema | undefined,
  Errors extends RefusalSchemas | undefined,
> = Sendable<"payload", OutputOf<SchemaOf<Payload, EventOf<Payload>>>> &
  Sendable<"inbound", InputOf<SchemaOf<NonNullable<Inbound>, EventOf<NonNullable<Inbound>>>>> &
  Sendable<"reply", OutputOf<NonNullable<Reply>>> &
  Sendable<"ask", InputOf<NonNullable<Ask>>> &
  Sendable<"opening", OutputOf<NonNullable<Opening>>> &
  Sendable<"errors", OutputOf<NonNullable<Errors>[keyof NonNullable<Errors>]>>;

const NOT_JSON = /\b(Date|BigInt|Map|Set|Symbol)\b/;

/**
 * What a schema would let through and JSON does not carry, as the schema's library names it; undefined where it reports nothing.
 * Libraries that describe themselves by Standard JSON Schema (zod, arktype) throw where they cannot.
 */
export function notJsonIn(schema: Schema, side: "input" | "output"): string | undefined {
  const standard: Schema["~standard"] & Partial<JsonDescription> = schema["~standard"];
  try {
    standard.jsonSchema?.[side]({ target: "draft-2020-12" });
    return undefined;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "";
    return NOT_JSON.test(message) ? message : undefined; // what else cannot be described may well travel
  }
}

/** The part of Standard JSON Schema that is used. */
interface JsonDescription {
  readonly jsonSchema: Readonly<Record<"input" | "output", (options: { readonly target: string }) => unknown>>;
}
