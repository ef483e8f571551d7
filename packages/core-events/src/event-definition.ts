import type { StandardSchemaV1 } from "@standard-schema/spec";

/** A kind of thing that can happen, described once: its name and the schema of what it carries. */
export interface EventDefinition<Name extends string = string, Schema extends StandardSchemaV1 = StandardSchemaV1> {
  /** Unique in the application, such as `order.shipped`. */
  readonly name: Name;
  /** The schema that each publish has to fit. */
  readonly payload: Schema;
}

/** What a publisher passes: the schema's input. */
export type EventInput<Event extends EventDefinition> = StandardSchemaV1.InferInput<Event["payload"]>;

/** What a subscriber receives: the schema's output. */
export type EventPayload<Event extends EventDefinition> = StandardSchemaV1.InferOutput<Event["payload"]>;

const EVENT_NAME = /^[\w-]+(?:[.:][\w-]+)*$/;

/**
 * Describes an event. A bus identifies events by name, so a name has one definition.
 *
 * @example
 * const orderShipped = defineEvent({ name: "order.shipped", payload: z.object({ orderId: z.string() }) });
 */
export function defineEvent<const Name extends string, Schema extends StandardSchemaV1>(
  definition: EventDefinition<Name, Schema>,
): EventDefinition<Name, Schema> {
  const { name, payload } = definition;
  if (!EVENT_NAME.test(name)) {
    throw new TypeError(`"${name}" cannot name an event: join parts with dots or colons, such as "order.shipped".`);
  }
  if (typeof payload?.["~standard"]?.validate !== "function") {
    throw new TypeError(`Event "${name}" needs a Standard Schema (zod, valibot, arktype …) as its payload.`);
  }
  return Object.freeze({ name, payload });
}
