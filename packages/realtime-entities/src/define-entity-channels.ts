import { defineEvent, type EventDefinition } from "@repo/core-events";
import {
  defineGenericChannel,
  isSchema,
  type EventSchemas,
  type HistoryPolicy,
  type RealtimeChannel,
  type RealtimeScope,
  type RefusalSchemas,
  type Schema,
} from "@repo/core-realtime";
import type { EntityChange } from "./entity-change.js";
import { entityEvents, type EntityEvents } from "./entity-events.js";

/** Who may join the channels of an entity. What one record's channel requires beyond that, `entityGuard` checks. */
export type EntityScope = RealtimeScope<never>;

/** The description of an entity. */
export interface EntityDescription<
  Entity extends string,
  Input,
  Output,
  Scope extends EntityScope,
  Inbound extends EventSchemas | undefined,
  Reply extends Schema | undefined,
  Errors extends RefusalSchemas | undefined = undefined,
> {
  /** One word, such as `"task"`. */
  readonly entity: Entity;
  /** A record as subscribers see it; it is cut to what the schema lets through. */
  readonly record: Schema<Input, Output>;
  /** Who may subscribe to both channels. */
  readonly scope: Scope;
  /** What clients may send on the channel of all records; leave out where they only receive. */
  readonly inbound?: Inbound;
  /** What the handler of those messages replies. */
  readonly reply?: Reply;
  /** The refusals of those messages. */
  readonly errors?: Errors;
  /** Of both channels. */
  readonly history?: Pick<HistoryPolicy, "size" | "ttlMs">;
}

/** Both channels of an entity, and the event that feeds them. Made by `defineEntityChannels`. */
export interface EntityChannels<
  Entity extends string = string,
  Input = unknown,
  Output = unknown,
  Scope extends EntityScope = EntityScope,
  Inbound extends EventSchemas | undefined = EventSchemas | undefined,
  Reply extends Schema | undefined = Schema | undefined,
  Errors extends RefusalSchemas | undefined = RefusalSchemas | undefined,
> {
  /** The entity's name. */
  readonly entity: Entity;
  /** `entity:{entity}`: every record. */
  readonly all: RealtimeChannel<
    `entity:${Entity}`,
    EntityEvents<Input, Output>,
    Inbound,
    Scope,
    Reply,
    undefined,
    undefined,
    Errors
  >;
  /** `entity:{entity}:{id}`: one record; clients only receive. */
  readonly one: RealtimeChannel<
    `entity:${Entity}:{id}`,
    EntityEvents<Input, Output>,
    undefined,
    Scope,
    undefined,
    undefined,
    undefined,
    undefined
  >;
  /** One event for all three kinds of change: a listener receives them in the order in which they happened. */
  readonly changed: EventDefinition<`entity:${Entity}:changed`, Schema<EntityChange<Input>>>;
}

const ENTITY_NAME = /^[A-Za-z0-9_-]+$/;

/**
 * Describes an entity, once: the channel of all its records, the channel of each, and the event on the bus.
 * @example
 * const taskEntity = defineEntityChannels({ entity: "task", record: taskRecord, scope: "authenticated" });
 * // taskEntity.all.name === "entity:task", taskEntity.one.at({ id: "7" }).name === "entity:task:7"
 */
export function defineEntityChannels<
  const Entity extends string,
  const Scope extends EntityScope,
  Input,
  Output,
  Inbound extends EventSchemas | undefined = undefined,
  Reply extends Schema | undefined = undefined,
  Errors extends RefusalSchemas | undefined = undefined,
>(
  description: EntityDescription<Entity, Input, Output, Scope, Inbound, Reply, Errors>,
): EntityChannels<Entity, Input, Output, Scope, Inbound, Reply, Errors> {
  const { entity, record, scope, inbound, reply, errors, history } = description;
  if (!ENTITY_NAME.test(entity))
    throw new TypeError(`"${entity}" cannot name an entity: write one word of letters, digits, "_" and "-".`);
  if (!isSchema(record)) throw new TypeError(`Entity "${entity}": record must be a Standard Schema.`);
  const payload = entityEvents(record);
  const kept = history && { history };

  return Object.freeze({
    entity,
    all: defineGenericChannel<
      `entity:${Entity}`,
      Scope,
      EntityEvents<Input, Output>,
      Inbound,
      Reply,
      undefined,
      undefined,
      Errors
    >({
      name: `entity:${entity}`,
      scope,
      payload,
      ...(inbound && { inbound }),
      ...(reply && { reply }),
      ...(errors && { errors }),
      ...kept,
    }),
    one: defineGenericChannel<`entity:${Entity}:{id}`, Scope, EntityEvents<Input, Output>>({
      name: `entity:${entity}:{id}`,
      scope,
      payload,
      ...kept,
    }),
    changed: defineEvent({ name: `entity:${entity}:changed`, payload: made<EntityChange<Input>>() }),
  });
}

/** What only this package makes: nothing to check, types to carry. Gate 4 checks the record. */
function made<T>(): Schema<T> {
  return { "~standard": { version: 1, vendor: "fourgate", validate: (value) => ({ value: value as T }) } };
}
