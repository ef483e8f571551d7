import type { ChannelAddress } from "./channel-address.js";
import { formatName } from "./channel-name.js";
import { checkHistoryPolicy, overflowPolicy, type HistoryPolicy, type OverflowOption } from "./channel-policies.js";
import { parseTemplate, type ChannelTemplate } from "./channel-template.js";
import type { RealtimeChannel } from "./realtime-channel.js";
import type { RealtimeScope, ScopeFor } from "./realtime-scope.js";
import { notJsonIn, type JsonOnly } from "./json-only.js";
import {
  isSchema,
  schemasByEvent,
  type EventOf,
  type EventSchemas,
  type OutputOf,
  type Schema,
  type SchemaOf,
} from "./schema.js";

/** What an author says of a channel. */
export interface RealtimeChannelDescription<
  Name extends string,
  Payload extends EventSchemas,
  Inbound extends EventSchemas | undefined,
  Scope extends ScopeFor<Name>,
  Reply extends Schema | undefined,
> {
  /** A literal such as `"orders.{orderId}.status"`; `.` and `:` separate, a placeholder is a whole segment. */
  readonly name: Name;
  /** Who may join. */
  readonly scope: Scope;
  /** What the server speaks: one schema, or a map of event → schema. */
  readonly payload: Payload;
  /** What clients may send; leave out where they only listen. */
  readonly inbound?: Inbound;
  /** What a handler answers; leave out for any JSON. */
  readonly reply?: Reply;
  /** Keep this much for recovery; leave out for at most once, no recovery. */
  readonly history?: HistoryPolicy;
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
 * @throws TypeError where the description cannot work, with a sentence that says what to write instead.
 */
export function defineRealtimeChannel<
  const Name extends string,
  const Scope extends ScopeFor<Name>,
  Payload extends EventSchemas,
  Inbound extends EventSchemas | undefined = undefined,
  Reply extends Schema | undefined = undefined,
>(
  description: RealtimeChannelDescription<Name, Payload, Inbound, Scope, Reply> & JsonOnly<Payload, Inbound, Reply>,
): RealtimeChannel<Name, Payload, Inbound, Scope, Reply> {
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
>(
  description: RealtimeChannelDescription<Name, Payload, Inbound, Scope, Reply>,
): RealtimeChannel<Name, Payload, Inbound, Scope, Reply> {
  const { name, scope, payload, inbound, reply, history, overflow } = description;
  const template = parseTemplate(name);
  checkScope(name, scope, template);
  checkSchemas(name, { payload, inbound });
  checkJson(name, { payload, inbound, reply });
  checkHistoryPolicy(name, history);
  const channel: RealtimeChannel<Name, Payload, Inbound, Scope, Reply> = {
    name,
    scope,
    payload,
    inbound: inbound as Inbound,
    reply: reply as Reply,
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
    if (isSchema(schemas)) continue;
    const events = typeof schemas === "object" && schemas !== null ? Object.entries(schemas) : [];
    if (events.length === 0 || !events.every(([, schema]) => isSchema(schema)))
      throw new TypeError(`Channel "${name}": ${field} must be a Standard Schema or a map of event → Standard Schema.`);
  }
}

function checkJson(name: string, fields: Readonly<Record<string, EventSchemas | undefined>>): void {
  for (const [field, schemas] of Object.entries(fields))
    for (const [event, schema] of schemasByEvent(schemas)) {
      const why = notJsonIn(schema, field === "inbound" ? "input" : "output");
      if (why !== undefined)
        throw new TypeError(
          `Channel "${name}": ${field} of "${event}" promises what JSON does not carry (${why}). Describe what travels, such as z.iso.datetime() or z.number().`,
        );
    }
}
