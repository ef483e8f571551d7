import type { ChannelAddress } from "./channel-address.js";
import { formatName } from "./channel-name.js";
import {
  checkHistoryPolicy,
  checkRatePolicy,
  overflowPolicy,
  type HistoryOption,
  type HistoryPolicy,
  type OverflowOption,
  type RatePolicy,
} from "./channel-policies.js";
import { parseTemplate, type ChannelTemplate } from "./channel-template.js";
import type { RealtimeChannel, RefusalSchemas } from "./realtime-channel.js";
import type { RealtimeScope, ScopeFor } from "./realtime-scope.js";
import type { TemplateMistake } from "./template-mistake.js";
import { notJsonIn, type JsonOnly } from "./json-only.js";
import {
  isOpenEvents,
  isSchema,
  SINGLE_EVENT,
  type EventOf,
  type EventSchemas,
  type OutputOf,
  type Schema,
  type SchemaOf,
} from "./schema.js";

/** A channel as its author describes it. */
export interface RealtimeChannelDescription<
  Name extends string,
  Payload extends EventSchemas,
  Inbound extends EventSchemas | undefined,
  Scope extends ScopeFor<Name>,
  Reply extends Schema | undefined,
  Ask extends Schema | undefined = undefined,
  Opening extends Schema | undefined = undefined,
  Errors extends RefusalSchemas | undefined = undefined,
> {
  /** A literal such as `"orders.{orderId}.status"`; `.` and `:` separate, a placeholder is a whole segment. */
  readonly name: Name;
  /** Who may join. */
  readonly scope: Scope;
  /** What the server sends: one schema, a map of event → schema, or `anyEvent(schema)`. */
  readonly payload: Payload;
  /** What clients may send; leave out where they only receive. */
  readonly inbound?: Inbound;
  /** What a handler returns; leave out for any JSON. */
  readonly reply?: Reply;
  /** What a subscriber may pass as `ask`, for guards and the opening; leave out where nothing is passed. */
  readonly ask?: Ask;
  /** What the opening returns to a new subscriber; leave out for any JSON. */
  readonly opening?: Opening;
  /** The channel's own refusals: code → schema of what belongs to it. Thrown by `refuse`, recognised by `isRefusal`. */
  readonly errors?: Errors;
  /** Keep this much for recovery; leave out for at most once, no recovery. */
  readonly history?: HistoryOption<OutputOf<SchemaOf<Payload, EventOf<Payload>>>>;
  /** How often the channel may be broadcast on; leave out for no bound. */
  readonly rate?: RatePolicy;
  /** What a reader too slow for this channel gets; default `"close"` (and then recovery). */
  readonly overflow?: OverflowOption<OutputOf<SchemaOf<Payload, EventOf<Payload>>>>;
}

/**
 * Describes a channel, once.
 * @example
 * const orderStatus = defineRealtimeChannel({
 *   name: "orders.{orderId}.status",
 *   scope: { role: "staff" },
 *   payload: z.object({ status: z.enum(["placed", "paid", "shipped"]) }),
 * });
 * @throws TypeError where the description cannot work, with a sentence about what to write instead.
 */
export function defineRealtimeChannel<
  const Name extends string,
  const Scope extends ScopeFor<Name>,
  Payload extends EventSchemas,
  Inbound extends EventSchemas | undefined = undefined,
  Reply extends Schema | undefined = undefined,
  Ask extends Schema | undefined = undefined,
  Opening extends Schema | undefined = undefined,
  Errors extends RefusalSchemas | undefined = undefined,
>(
  description: RealtimeChannelDescription<Name, Payload, Inbound, Scope, Reply, Ask, Opening, Errors> &
    JsonOnly<Payload, Inbound, Reply, Ask, Opening, Errors> &
    TemplateMistake<Name>,
): RealtimeChannel<Name, Payload, Inbound, Scope, Reply, Ask, Opening, Errors> {
  return defineGenericChannel(description);
}

/**
 * The same, for packages that make channels of schemas that they are given: there the compiler cannot see whether JSON carries what
 * they describe; the check at start-up can.
 */
export function defineGenericChannel<
  const Name extends string,
  const Scope extends ScopeFor<Name>,
  Payload extends EventSchemas,
  Inbound extends EventSchemas | undefined = undefined,
  Reply extends Schema | undefined = undefined,
  Ask extends Schema | undefined = undefined,
  Opening extends Schema | undefined = undefined,
  Errors extends RefusalSchemas | undefined = undefined,
>(
  description: RealtimeChannelDescription<Name, Payload, Inbound, Scope, Reply, Ask, Opening, Errors>,
): RealtimeChannel<Name, Payload, Inbound, Scope, Reply, Ask, Opening, Errors> {
  const { name, scope, payload, inbound, reply, ask, opening, errors, rate, overflow } = description;
  const history = description.history as HistoryPolicy | undefined; // `fold` only ever sees this channel's payloads
  const template = parseTemplate(name);
  checkScope(name, scope, template);
  checkSchemas(name, { payload, inbound });
  checkErrors(name, errors);
  checkJson(name, { payload, inbound, reply, ask, opening, errors });
  if (reply !== undefined && inbound === undefined)
    throw new TypeError(
      `Channel "${name}" declares a reply but no inbound; describe what clients may send in inbound, or leave reply out.`,
    );
  checkHistoryPolicy(name, history);
  checkRatePolicy(name, rate);
  checkOverflow(name, { history, overflow });
  const channel: RealtimeChannel<Name, Payload, Inbound, Scope, Reply, Ask, Opening, Errors> = {
    name,
    scope,
    payload,
    inbound: inbound as Inbound,
    reply: reply as Reply,
    ask: ask as Ask,
    opening: opening as Opening,
    errors: errors as Errors,
    rate,
    history,
    overflow: overflowPolicy(overflow),
    template,
    at(params): ChannelAddress<typeof this> {
      return { channel: this, name: formatName(template, params), params: Object.freeze({ ...params }) };
    },
  };
  return Object.freeze(channel);
}

function checkScope(name: string, scope: RealtimeScope | undefined, template: ChannelTemplate): void {
  if (scope === "public" || scope === "authenticated") return;
  if (typeof scope === "object" && scope !== null) {
    if ("role" in scope && typeof scope.role === "string" && scope.role !== "") return;
    if ("userScoped" in scope) {
      if (template.segments.some((s) => s.kind === "param" && s.name === scope.userScoped)) return;
      throw new TypeError(
        `Channel "${name}": userScoped names {${scope.userScoped}}, which is no placeholder of the name.`,
      );
    }
  }
  throw new TypeError(
    `Channel "${name}" needs a scope: "public", "authenticated", { role: "…" } or { userScoped: "<placeholder>" }.`,
  );
}

function checkSchemas(name: string, fields: Readonly<Record<string, EventSchemas | undefined>>): void {
  for (const [field, schemas] of Object.entries(fields)) {
    if (schemas === undefined && field === "inbound") continue;
    if (isSchema(schemas) || (isOpenEvents(schemas) && isSchema(schemas["~any"]))) continue;
    const events = typeof schemas === "object" && schemas !== null ? Object.entries(schemas) : [];
    if (events.length === 0 || !events.every(([, schema]) => isSchema(schema)))
      throw new TypeError(`Channel "${name}": ${field} must be a Standard Schema or a map of event → Standard Schema.`);
  }
}

function checkJson(name: string, fields: Readonly<Record<string, EventSchemas | undefined>>): void {
  for (const [field, schemas] of Object.entries(fields))
    for (const [event, schema] of eachSchema(schemas)) {
      const why = notJsonIn(schema, field === "inbound" || field === "ask" ? "input" : "output");
      if (why !== undefined)
        throw new TypeError(
          `Channel "${name}": ${field} of "${event}" promises what JSON does not carry (${why}). Describe what travels, such as z.iso.datetime() or z.number().`,
        );
    }
}

function eachSchema(schemas: EventSchemas | undefined): readonly (readonly [event: string, schema: Schema])[] {
  if (schemas === undefined) return [];
  if (isSchema(schemas)) return [[SINGLE_EVENT, schemas]];
  return isOpenEvents(schemas) ? [["any event", schemas["~any"]]] : Object.entries(schemas);
}

function checkErrors(name: string, errors: RefusalSchemas | undefined): void {
  for (const [code, schema] of Object.entries(errors ?? {}))
    if (!isSchema(schema)) throw new TypeError(`Channel "${name}": errors.${code} must be a Standard Schema.`);
}

/** A skipped message of a channel with history would be a gap that its subscriber recovers at once, for more than it was spared. */
function checkOverflow(name: string, { history, overflow }: OverflowCheck): void {
  if (history === undefined || overflow === undefined || overflow === "close") return;
  throw new TypeError(
    `Channel "${name}": overflow "drop" and "conflate" skip messages, and history recovers them; leave one of the two out.`,
  );
}

interface OverflowCheck {
  readonly history: HistoryPolicy | undefined;
  readonly overflow: unknown;
}
