import type { GateTrace } from "./gate-decision.js";
import { noChannel } from "./no-channel.js";
import type { ChannelAddress } from "../../channel/channel-address.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { BroadcastOptions } from "../../seams/broadcaster.seam.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import { andThen } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { isSchema, validate, schemaFor, SINGLE_EVENT, type ValidationResult } from "../../channel/schema.js";

/** A message to publish, read from `broadcast`'s arguments. */
export interface Publication {
  /** The event; `"message"` where the channel has one schema. */
  readonly event: string;
  /** What is published. */
  readonly payload: unknown;
  /** What the sender has added. */
  readonly options: BroadcastOptions;
}

/** A message on its way through gate 4. */
export interface PublicationRun {
  readonly address: ChannelAddress;
  readonly publication: Publication;
  readonly trace: GateTrace;
}

/** Reads the arguments after the target: `(payload, options?)`, or `(event, payload, options?)` where the channel has a map. */
export function publicationOf(channel: RealtimeChannel, message: readonly unknown[]): Publication {
  if (isSchema(channel.payload)) return { event: SINGLE_EVENT, payload: message[0], options: optionsOf(message[1]) };
  return { event: String(message[0]), payload: message[1], options: optionsOf(message[2]) };
}

function optionsOf(options: unknown): BroadcastOptions {
  return (options as BroadcastOptions | undefined) ?? NO_OPTIONS;
}

const NO_OPTIONS: BroadcastOptions = Object.freeze({});

/**
 * The registered channel of this name, which keeps what the publication needs kept. The channel that was passed may be another object of
 * the same name: bundlers load a module once for each place that imports it.
 */
export function registeredTarget(
  { channel: { name: template }, name }: ChannelAddress,
  { options }: Publication,
  registry: IRealtimeHandlerRegistry,
): ChannelAddress {
  const address = registry.resolve(name)?.address;
  if (address?.channel.name !== template) {
    if (registry.isDisabled?.(name)) throw noChannel(name, registry);
    throw new RealtimeError("BROADCAST_INVALID", { detail: `${name} is not registered; register its channel first` });
  }
  const { channel } = address;
  if (options.idempotencyKey !== undefined && !channel.history)
    throw new RealtimeError("BROADCAST_INVALID", {
      detail: `${channel.name}: an idempotencyKey lives in the channel's history; declare history: { size, ttlMs }`,
    });
  return address;
}

/**
 * Gate 4: the payload fits the channel's schema and is JSON. Returns the payload's JSON text, as every subscriber will receive it;
 * at once where the schema is synchronous. What does not fit is thrown, or rejected.
 */
export function broadcastGate(
  { channel, name }: ChannelAddress,
  { event, payload }: Publication,
  maxBytes: number,
): Promise<string | undefined> | string | undefined {
  const schema = schemaFor(channel.payload, event);
  if (!schema) throw refuse(name, `no event "${event}"`);
  return andThen(validate(schema, payload), (validated) => seenByAll(validated, name, maxBytes));
}

function seenByAll(validated: ValidationResult, name: string, maxBytes: number): string | undefined {
  if (!validated.fits) throw refuse(name, validated.why);
  const text = jsonText(validated.value, name);
  if (text === undefined) return undefined;
  if (text.length * MAX_BYTES_PER_UNIT > maxBytes) {
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) throw refuse(name, `${bytes} bytes of JSON; at most ${maxBytes} are taken`);
  }
  return text;
}

const MAX_BYTES_PER_UNIT = 3; // UTF-8 needs at most three bytes for one unit of a string's length

function jsonText(value: unknown, name: string): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new RealtimeError("BROADCAST_INVALID", { detail: `${name}: not JSON`, cause });
  }
}

function refuse(name: string, why: string): RealtimeError {
  return new RealtimeError("BROADCAST_INVALID", { detail: `${name}: ${why}` });
}
