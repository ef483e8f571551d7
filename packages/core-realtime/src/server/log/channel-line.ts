import { authorize } from "../../channel/authorize.js";
import type { RealtimeScope } from "../../channel/realtime-scope.js";
import { schemaFor } from "../../channel/schema.js";
import type { RealtimeObservation } from "../../seams/observer.seam.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { KnownChannels, LogLine } from "./log-line.js";
import { nearNames } from "./near-names.js";
import { printable } from "./printable.js";

type Refusal = Extract<RealtimeObservation, { readonly kind: "refused" }>;
type Subscribed = Extract<RealtimeObservation, { readonly kind: "subscribed" }>;

const MAX_ROLES = 5;

/** A request that the channel refuses as it is described or registered; undefined for every other refusal. */
export function channelLine(refusal: Refusal, channels: KnownChannels): LogLine | undefined {
  switch (refusal.error.code) {
    case "CHANNEL_UNKNOWN":
      return unknownLine(refusal, channels);
    case "UNAUTHORIZED":
      return scopeLine(refusal, channels);
    case "INBOUND_REFUSED":
      return inboundLine(refusal, channels);
    default:
      return undefined;
  }
}

/** A subscriber of a channel that declares an opening, in a process that has registered none. */
export function openingLine({ address }: Subscribed, channels: KnownChannels): LogLine | undefined {
  const { name, opening } = address.channel;
  if (opening === undefined || channels.resolve(address.name)?.opening !== undefined) return undefined;
  const sentence =
    `Subscribed a client to ${printable(name)} without an opening: the channel declares one, and this process has registered none. ` +
    `Call register(channel, { opening }) in place of registerChannel(channel).`;
  return { kind: "opening", place: name, sentence };
}

function unknownLine({ error: { detail } }: Refusal, channels: KnownChannels): LogLine | undefined {
  if (detail === undefined) return undefined;
  return {
    kind: "channel",
    place: printable(detail),
    get sentence() {
      return unknownChannel(detail, channels); // compares with every channel: only where it is written
    },
  };
}

function unknownChannel(unknown: string, channels: KnownChannels): string {
  const names = channels.listChannels().map(({ name }) => name);
  const near = nearNames(unknown, names).map((name) => JSON.stringify(name));
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(" or ")}?`
      : `It has ${names.length} channels, and none of a similar name.`;
  return (
    `Refused ${printable(unknown)} with CHANNEL_UNKNOWN: this server has no such channel. ${hint} ` +
    `Did you bind it? Call realtime.registry.registerChannel(channel), or register(channel, handler), in this process.`
  );
}

/** The line for a refusal by the scope; undefined where a guard or handler refused. */
function scopeLine({ channel: name, connection }: Refusal, channels: KnownChannels): LogLine | undefined {
  const address = name === undefined ? undefined : channels.resolve(name)?.address;
  if (!address || !connection || authorize(address.channel, address.params, connection.user)) return undefined;
  const { user } = connection;
  const { scope, name: template } = address.channel;
  const whom = user === null ? "a visitor who is not signed in" : "a signed-in user";
  const sentence =
    `Refused ${printable(template)} to ${whom} with UNAUTHORIZED: ` +
    `the channel's scope is ${JSON.stringify(scope)}${whyNot(scope, user)}`;
  return { kind: "scope", place: `${template}\n${user === null}`, sentence };
}

function whyNot(scope: RealtimeScope, user: RealtimeUser | null): string {
  if (user === null)
    return `, and the authenticator returned null. Return a user for this connection, or change the scope.`;
  if (typeof scope === "object" && "role" in scope)
    return `, and the user has ${rolesOf(user)}. Give the user the role in the authenticator, or change the scope.`;
  const param = typeof scope === "object" ? scope.userScoped : "";
  return `: {${param}} is another user's id. Subscribe with the user's own id as {${param}}, or change the scope.`;
}

function rolesOf({ roles }: RealtimeUser): string {
  if (roles.length === 0) return "no roles";
  const more = roles.length > MAX_ROLES ? ` and ${roles.length - MAX_ROLES} more` : "";
  return `only the roles ${roles.slice(0, MAX_ROLES).map(printable).join(", ")}${more}`;
}

/** The line for a message that the schema's check refused; undefined where a guard or handler refused with the same code. */
function inboundLine({ channel: name, error, by }: Refusal, channels: KnownChannels): LogLine | undefined {
  const found = name === undefined || by !== "schema" ? undefined : channels.resolve(name);
  if (!found) return undefined;
  const { inbound, name: template } = found.address.channel;
  const event = error.detail ?? "";
  const why =
    inbound === undefined
      ? `the channel declares no inbound. Describe what clients may send in inbound, and call register(channel, handler).`
      : schemaFor(inbound, event)
        ? `this process has registered no handler. Call register(channel, handler) in place of registerChannel(channel).`
        : `its inbound has no event ${printable(event)}. Add the event to inbound, or send one that is there.`;
  const sentence = `Refused a message on ${printable(template)} with INBOUND_REFUSED: ${why}`;
  return { kind: "inbound", place: sentence, sentence }; // the event tells places apart only where the sentence names it
}
