import { RealtimeError, type ReplyFrame, type ServerFrame, type SubscribeFrame } from "@repo/core-realtime";
import { parseLastEventId } from "./last-event-id.js";

type Refused = Extract<ReplyFrame, { readonly ok: false }>;

/** One stream, as resuming needs it. */
export interface ResumedStream {
  send(frame: ServerFrame): void;
  /** Subscribes, and sends the reply where it is no refusal. */
  subscribe(frame: SubscribeFrame, refused: (reply: Refused) => void): void;
}

/** A browser's EventSource has reconnected by itself: what its id names is subscribed to again, through gate 2 like any other subscribe. */
export function resume(lastEventId: string, stream: ResumedStream): void {
  if (lastEventId === "") return;
  const places = parseLastEventId(lastEventId);
  if (!places) return stream.send({ type: "error", error: NOT_OURS.toWire() });
  for (const [index, { channel, since }] of places.entries())
    stream.subscribe({ type: "subscribe", id: `resume:${index}`, channel, since }, ({ error }) =>
      stream.send({ type: "left", channel, error }),
    );
}

const NOT_OURS = new RealtimeError("FRAME_INVALID", { detail: "Last-Event-ID is not one of this server's; ignored" });
