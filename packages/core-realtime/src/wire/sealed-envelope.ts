import type { RealtimeEnvelope, RealtimePosition } from "./envelope.js";

/** An envelope between gate 4 and the connections: its payload is JSON text, which history, broker and transports pass on unread. */
export interface SealedEnvelope extends Omit<RealtimeEnvelope, "payload"> {
  /** The payload as JSON text; left out where the payload is `undefined`. */
  readonly json?: string | undefined;
}

/** The envelope with its payload parsed. */
export function openEnvelope(sealed: SealedEnvelope): RealtimeEnvelope {
  const { json, ...fields } = sealed;
  return { ...fields, payload: json === undefined ? undefined : JSON.parse(json) };
}

/** The id of a message in a history that gives it no other: it follows from its place. It names the channel, because channels of one history may share an epoch. */
export function idAt(channel: string, { epoch, offset }: RealtimePosition): string {
  return `${channel}:${epoch}:${offset}`;
}

/** The envelope at a position. Written out: a spread costs more than all the rest of a broadcast's bookkeeping. */
export function placedAt(position: RealtimePosition, envelope: SealedEnvelope): SealedEnvelope {
  const { channel, event, json, at, sender, trace } = envelope;
  return { id: idAt(channel, position), channel, event, json, at, sender, position, trace };
}
