import type { ClientFrame, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { createFirstFrames, type FirstFramesDeps } from "./first-frames.js";
import { openDecoded } from "./frame-decoder.js";
import { look, LOOK_MS, type Pulse } from "./heartbeat.js";

/** A frame that has a reply; the link gives it an id where it has none. */
export type LinkRequest = Exclude<ClientFrame, { readonly type: "ping" }>;

/** What a link works with, and its callbacks. */
export interface LinkDeps extends FirstFramesDeps {
  readonly transport: IRealtimeTransport;
  readonly url: string;
  readonly clock: ClientClock;
  /** Ids that no other client uses, so that tabs may share a connection. */
  readonly nextId: () => string;
  /** Every frame that is not the link's own business. */
  readonly onFrame: (frame: ServerFrame) => void;
  /** The link is dead; `wasReached`: a frame had come. Called once, and never after `end()`. */
  readonly onClose: (wasReached: boolean, code?: number, error?: WireError) => void;
  /** Why the transport failed, where that is known. */
  readonly onError: (cause: unknown) => void;
}

/** A link from its opening to its end. */
export interface Link {
  /** The transport's name. */
  readonly transport: string;
  /** The last ping's round trip. */
  readonly latencyMs: number | undefined;
  readonly send: (frame: ClientFrame) => void;
  /** Sends a frame and calls back with its reply; where the link breaks first, there is none. */
  readonly request: (frame: LinkRequest, onReply: (reply: ReplyFrame) => void) => void;
  /** Sends a ping; without a frame soon, the link is dead. */
  readonly probe: () => void;
  /** Closes the link; no callback is called after this. */
  readonly end: () => void;
}

/** Opens a link that matches replies with requests and checks itself with pings. */
export function openLink(deps: LinkDeps): Link {
  const pending = new Map<string | undefined, (reply: ReplyFrame) => void>();
  const pulse: { -readonly [Key in keyof Pulse]: Pulse[Key] } = { lookedAt: 0, receivedAt: 0 };
  let sentAt = 0;
  let latencyMs: number | undefined;
  let isOver = false;
  let cancel: (() => void) | undefined;

  const take = (frame: ServerFrame): void => {
    pulse.receivedAt = deps.clock.now();
    pulse.pingedAt = undefined;
    switch (frame.type) {
      case "pong":
        latencyMs = pulse.receivedAt - sentAt;
        return;
      case "reply": {
        const onReply = pending.get(frame.id);
        pending.delete(frame.id);
        return onReply?.(frame);
      }
      case "close":
        return die(frame.closeCode, frame.error);
      case "connected":
        deps.onFrame(frame);
        if (isOver) return; // a listener has ended it
        for (const channel of first.unwanted()) link.send({ type: "unsubscribe", channel }); // its last listener has left meanwhile
        probe(); // measures the round trip, and is a first frame for a server that closes idle connections
        return keepLooking(frame.pingMs);
      default:
        return deps.onFrame(frame);
    }
  };
  const keepLooking = (quietMs: number): void => {
    pulse.lookedAt = deps.clock.now();
    cancel = deps.clock.after(LOOK_MS, () => {
      const state = look(pulse, deps.clock.now(), quietMs);
      if (state === "dead") return die();
      if (state === "ping") probe();
      keepLooking(quietMs);
    });
  };
  const probe = (): void => {
    pulse.pingedAt = sentAt = deps.clock.now();
    link.send({ type: "ping" });
  };
  const end = (): void => {
    isOver = true;
    cancel?.();
    link.close();
  };
  const die = (code?: number, error?: WireError): void => {
    if (isOver) return;
    end();
    deps.onClose(pulse.receivedAt > 0, code, error);
  };
  const { transport } = deps;
  const first = createFirstFrames(transport.carriesFirst ? deps : { ...deps, first: [] });
  const link = openDecoded(
    transport,
    { ...deps, first: first.text },
    {
      onFrame: (frame) => isOver || take(frame),
      onClose: die,
      onError: (cause) => isOver || deps.onError(cause),
    },
  );
  return {
    get transport() {
      return deps.transport.name; // one that chooses among others may change its name
    },
    get latencyMs() {
      return latencyMs;
    },
    send: link.send,
    request(frame, onReply) {
      const sentAs = first.take(frame);
      const { id = sentAs ?? deps.nextId() } = frame;
      pending.set(id, onReply);
      if (!sentAs) link.send({ ...frame, id });
    },
    probe,
    end,
  };
}
