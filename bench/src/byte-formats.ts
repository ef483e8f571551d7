// Deliveries of others that do not run in the bench, written out as their documentation has them.

/** A message to be delivered. */
export interface Delivery {
  readonly channel: string;
  readonly payload: unknown;
  /** Its position, where the channel keeps a history. */
  readonly offset?: number;
}

/** Phoenix's JSON serializer 2.0.0: `[join_ref, ref, topic, event, payload]`, both refs null in a broadcast. It has no positions. */
export function phoenixText({ channel, payload }: Delivery): string {
  return JSON.stringify([null, null, channel, "message", payload]);
}

/** Centrifugo's JSON protocol: a publication pushed into a channel. */
export function centrifugoText({ channel, payload, offset }: Delivery): string {
  return JSON.stringify({ push: { channel, pub: { data: payload, ...(offset === undefined ? {} : { offset }) } } });
}

/** The bytes of a server's WebSocket text frame with this text, header and all. */
export function webSocketBytes(text: string): number {
  const length = Buffer.byteLength(text);
  return length + (length < 126 ? 2 : length < 65_536 ? 4 : 10);
}
