import type { ClientFrame, SubscribeFrame } from "@repo/core-realtime";
import { MAX_FIRST_BYTES, MAX_FIRST_FRAMES } from "../limits.js";

/** Where the first frames come from, and what travels beside them. */
export interface FirstFramesDeps {
  /** What is requested as soon as the link is connected. */
  readonly first?: readonly SubscribeFrame[] | undefined;
  readonly token: string | undefined;
  readonly nextId: () => string;
}

/** The subscribes that travel with the request that opens a link. */
export interface FirstFrames {
  /** The JSON array; undefined where there are none. */
  readonly text: string | undefined;
  /** The id under which this frame was sent; undefined where it has yet to be sent. */
  readonly take: (frame: ClientFrame) => string | undefined;
  /** The channels that were subscribed to and that have not been requested since. */
  readonly unwanted: () => Iterable<string>;
}

/** Takes as many subscribes as fit. The token counts, since proxies and Node bound all headers together. */
export function createFirstFrames({ first = [], token = "", nextId }: FirstFramesDeps): FirstFrames {
  const sent = new Map<string, { readonly id: string; readonly frame: string }>();
  const texts: string[] = [];
  let bytes = token.length + 1;
  for (const frame of first) {
    const id = nextId();
    const text = JSON.stringify({ ...frame, id });
    bytes += new Blob([text]).size + 1; // and a comma, or a bracket
    if (texts.length >= MAX_FIRST_FRAMES || bytes > MAX_FIRST_BYTES) break;
    texts.push(text);
    sent.set(frame.channel, { id, frame: JSON.stringify(frame) });
  }
  return {
    text: texts.length ? `[${texts}]` : undefined,
    take(frame) {
      if (frame.type !== "subscribe") return undefined;
      const known = sent.get(frame.channel);
      sent.delete(frame.channel);
      return known?.frame === JSON.stringify(frame) ? known.id : undefined; // else the options have changed
    },
    unwanted: () => sent.keys(),
  };
}
