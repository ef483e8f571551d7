import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Any Standard Schema (https://standardschema.dev): zod, valibot, arktype … */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>;

/** What a channel speaks: one schema, or a map of event → schema. */
export type EventSchemas = Schema | Readonly<Record<string, Schema>>;

/** The event name under which a channel with one schema speaks. */
export const SINGLE_EVENT = "message";
export type SingleEvent = typeof SINGLE_EVENT;

/** The event names of a channel's `payload` or `inbound`. */
export type EventOf<S> = S extends Schema
  ? SingleEvent
  : S extends Readonly<Record<string, Schema>>
    ? keyof S & string
    : never;

/** The schema behind one event. */
export type SchemaOf<S, Event extends string> = S extends Schema
  ? S
  : S extends Readonly<Record<string, Schema>>
    ? S[Event] extends Schema
      ? S[Event]
      : never
    : never;

/** What a speaker may hand in, before the schema's defaults and transforms. */
export type InputOf<S> = S extends Schema ? StandardSchemaV1.InferInput<S> : never;

/** What a listener receives, after the schema's defaults and transforms. */
export type OutputOf<S> = S extends Schema ? StandardSchemaV1.InferOutput<S> : never;

/** Is this one Standard Schema, and not a map of them? arktype's schemas are functions. */
export function isSchema(value: unknown): value is Schema {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && "~standard" in value;
}

/** One schema or a map, seen as a map: event → schema, keyed safely although the words may be a peer's. */
export function schemasByEvent(schemas: EventSchemas | undefined): ReadonlyMap<string, Schema> {
  if (schemas === undefined) return NO_SCHEMAS;
  const known = maps.get(schemas);
  if (known) return known;
  const map = new Map(isSchema(schemas) ? [[SINGLE_EVENT, schemas]] : Object.entries(schemas));
  maps.set(schemas, map);
  return map;
}

const NO_SCHEMAS: ReadonlyMap<string, Schema> = new Map();
const maps = new WeakMap<EventSchemas, ReadonlyMap<string, Schema>>(); // every message asks

/** A schema's verdict: the parsed value, or one line that names what does not fit. */
export type Verdict = { readonly fits: true; readonly value: unknown } | { readonly fits: false; readonly why: string };

/** Asks a schema; answers at once where the schema does. */
export function judge(schema: Schema, value: unknown): Promise<Verdict> | Verdict {
  const result = schema["~standard"].validate(value);
  return result instanceof Promise ? result.then(verdictOf) : verdictOf(result);
}

function verdictOf(result: StandardSchemaV1.Result<unknown>): Verdict {
  if (result.issues === undefined) return { fits: true, value: result.value };
  return { fits: false, why: result.issues.slice(0, MAX_ISSUES).map(sentenceOf).join("; ") };
}

const MAX_ISSUES = 5; // a hostile payload may break a thousand rules; five name the trouble

function sentenceOf({ path, message }: StandardSchemaV1.Issue): string {
  const where = path?.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
  return where ? `${where}: ${message}` : message;
}
