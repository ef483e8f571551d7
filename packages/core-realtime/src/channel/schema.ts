import type { StandardSchemaV1 } from "@standard-schema/spec";
import { andThen } from "../thenable.js";

/** Any Standard Schema (https://standardschema.dev): zod, valibot, arktype … */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>;

/** What a channel carries: one schema, a map of event → schema, or any event under one schema. */
export type EventSchemas = Schema | OpenEvents | Readonly<Record<string, Schema>>;

/** Any event name, all under one schema. Made by `anyEvent`. */
export interface OpenEvents<S extends Schema = Schema> {
  readonly "~any": S;
}

/**
 * A channel on which every event name is valid, all with this schema.
 * @example payload: anyEvent(z.json())
 */
export function anyEvent<S extends Schema>(schema: S): OpenEvents<S> {
  return Object.freeze({ "~any": schema });
}

/** The event name of the messages of a channel with one schema. */
export const SINGLE_EVENT = "message";
/** The name of the event of a channel with one schema. */
export type SingleEvent = typeof SINGLE_EVENT;

/** The event names of a channel's `payload` or `inbound`. */
export type EventOf<S> = S extends Schema
  ? SingleEvent
  : S extends OpenEvents
    ? string
    : S extends Readonly<Record<string, Schema>>
      ? keyof S & string
      : never;

/** The schema behind one event. */
export type SchemaOf<S, Event extends string> = S extends Schema
  ? S
  : S extends OpenEvents<infer Any>
    ? Any
    : S extends Readonly<Record<string, Schema>>
      ? S[Event] extends Schema
        ? S[Event]
        : never
      : never;

/** What a sender may pass, before the schema's defaults and transforms. */
export type InputOf<S> = S extends Schema ? StandardSchemaV1.InferInput<S> : never;

/** What a subscriber receives, after the schema's defaults and transforms. */
export type OutputOf<S> = S extends Schema ? StandardSchemaV1.InferOutput<S> : never;

/** Is this one Standard Schema, and not a map of them? arktype's schemas are functions. */
export function isSchema(value: unknown): value is Schema {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && "~standard" in value;
}

/** Any event under one schema? */
export function isOpenEvents(value: unknown): value is OpenEvents {
  return typeof value === "object" && value !== null && "~any" in value;
}

/** The schema of one event; undefined where the channel has no such event. Safe with names that a client chose. */
export function schemaFor(schemas: EventSchemas | undefined, event: string): Schema | undefined {
  if (schemas === undefined) return undefined;
  if (isSchema(schemas)) return event === SINGLE_EVENT ? schemas : undefined;
  if (isOpenEvents(schemas)) return schemas["~any"];
  return Object.hasOwn(schemas, event) ? schemas[event] : undefined;
}

/** The result of validating by a schema: the parsed value, or one sentence that names what does not fit. */
export type ValidationResult =
  { readonly fits: true; readonly value: unknown } | { readonly fits: false; readonly why: string };

/** Validates by a schema; returns at once where the schema does. */
export function validate(schema: Schema, value: unknown): Promise<ValidationResult> | ValidationResult {
  return andThen(schema["~standard"].validate(value), resultOf);
}

function resultOf(result: StandardSchemaV1.Result<unknown>): ValidationResult {
  if (result.issues === undefined) return { fits: true, value: result.value };
  return { fits: false, why: result.issues.slice(0, MAX_ISSUES).map(sentenceOf).join("; ") };
}

const MAX_ISSUES = 5; // a hostile payload may break a thousand rules; five are enough to find the mistake

function sentenceOf({ path, message }: StandardSchemaV1.Issue): string {
  const where = path?.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
  return where ? `${where}: ${message}` : message;
}
