import type { ChannelAddress } from "../channel-address.js";
import type { BroadcastOptions } from "../realtime-broadcaster.js";
import type { RealtimeChannel } from "../realtime-channel.js";
import { RealtimeError } from "../realtime-error.js";
import { isSchema, judge, schemasByEvent, SINGLE_EVENT } from "../schema.js";

/** What a speaker said, read from `broadcast`'s arguments. */
export interface Spoken {
  readonly event: string;
  readonly payload: unknown;
  readonly options: BroadcastOptions;
}

/** Reads the arguments after the target: `(payload, options?)`, or `(event, payload, options?)` where the channel has a map. */
export function spokenOf(channel: RealtimeChannel, message: readonly unknown[]): Spoken {
  const [event, payload, options] = isSchema(channel.payload) ? [SINGLE_EVENT, ...message] : message;
  return { event: String(event), payload, options: (options as BroadcastOptions | undefined) ?? {} };
}

/** Gate 4: the payload fits the channel's schema and is JSON. Resolves with the payload as every subscriber will see it. */
export async function broadcastGate(
  { channel, name }: ChannelAddress,
  { event, payload }: Spoken,
  maxBytes: number,
): Promise<unknown> {
  const schema = schemasByEvent(channel.payload).get(event);
  if (!schema) throw refuse(name, `no event "${event}"`);
  const verdict = await judge(schema, payload);
  if (!verdict.fits) throw refuse(name, verdict.why);
  const text = jsonText(verdict.value, name);
  if (text === undefined) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw refuse(name, `${bytes} bytes of JSON; at most ${maxBytes} are taken`);
  return JSON.parse(text); // a copy: what the caller changes later does not reach a slow reader or the history
}

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
