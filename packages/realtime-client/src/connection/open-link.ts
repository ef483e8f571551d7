import type { ClientFrame, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { createFirstFrames, type FirstFramesDeps } from "./first-frames.js";
import { openDecoded } from "./frame-decoder.js";
import { look, LOOK_MS, type Pulse } from "./heartbeat.js";

/** A frame that is answered; the link gives it an id where it has none. */
export type Question = Exclude<ClientFrame, { readonly type: "ping" }>;

/** What a link needs, and whom it tells. */
export interface LinkDeps extends FirstFramesDeps {
  readonly transport: IRealtimeTransport;
  readonly url: string;
  readonly clock: ClientClock;
  /** Words that no other client says, so that tabs may share a connection. */
  readonly nextId: () => string;
  /** Every frame that is not the link's own business. */
  readonly onFrame: (frame: ServerFrame) => void;
  /** The link is dead; `wasHeard`: a frame had come. Told once, and never after `end()`. */
  readonly onClose: (wasHeard: boolean, code?: number, error?: WireError) => void;
  /** Why the transport failed, where it knows. */
  readonly onError: (cause: unknown) => void;
}

/** One link from its opening to its end. */
export interface Link {
  /** The transport's name. */
  readonly transport: string;
  /** The last ping's round trip. */
  readonly latencyMs: number | undefined;
  readonly send: (frame: ClientFrame) => void;
  /** Sends a question and hands on the reply; where the link breaks first, none comes. */
  readonly ask: (question: Question, answer: (reply: ReplyFrame) => void) => void;
  /** Asks for a sign of life; without one soon, the link is dead. */
  readonly probe: () => void;
  /** Lets go; nothing is told after this. */
  readonly end: () => void;
}

/** Opens a link that matches replies with questions and feels its own pulse. */
export function openLink(deps: LinkDeps): Link {
  const answers = new Map<string | undefined, (reply: ReplyFrame) => void>();
  const pulse: { -readonly [Key in keyof Pulse]: Pulse[Key] } = { lookedAt: 0, heardAt: 0, askedAt: undefined };
  let pingedAt = 0;
  let latencyMs: number | undefined;
  let isOver = false;
  let cancel: (() => void) | undefined;

  const take = (frame: ServerFrame): void => {
    pulse.heardAt = deps.clock.now();
    pulse.askedAt = undefined;
    switch (frame.type) {
      case "pong":
        latencyMs = pulse.heardAt - pingedAt;
        return;
      case "reply": {
        const answer = answers.get(frame.id);
        answers.delete(frame.id);
        return answer?.(frame);
      }
      case "close":
        return die(frame.closeCode, frame.error);
      case "connected":
        deps.onFrame(frame);
        if (isOver) return; // somebody who heard of it has ended it
        for (const channel of first.unwanted()) link.send({ type: "unsubscribe", channel }); // who wanted it has gone meanwhile
        probe(); // measures the way, and is a sign of life for a server that closes idle connections
        return keepLooking(frame.pingMs);
      default:
        return deps.onFrame(frame);
    }
  };
  const keepLooking = (quietMs: number): void => {
    pulse.lookedAt = deps.clock.now();
    cancel = deps.clock.after(LOOK_MS, () => {
      const verdict = look(pulse, deps.clock.now(), quietMs);
      if (verdict === "dead") return die();
      if (verdict === "ask") probe();
      keepLooking(quietMs);
    });
  };
  const probe = (): void => {
    pulse.askedAt = pingedAt = deps.clock.now();
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
    deps.onClose(pulse.heardAt > 0, code, error);
  };
  const { transport } = deps;
  const first = createFirstFrames(transport.carriesFirst ? deps : { ...deps, first: [] });
  const request = { ...deps, first: first.text };
  const link = openDecoded(transport, request, {
    onFrame: (frame) => isOver || take(frame),
    onClose: die,
    onError: (cause) => isOver || deps.onError(cause),
  });
  return {
    get transport() {
      return deps.transport.name; // one that chooses among others may change its name
    },
    get latencyMs() {
      return latencyMs;
    },
    send: link.send,
    ask(question, answer) {
      const sentAs = first.take(question);
      const { id = sentAs ?? deps.nextId() } = question;
      answers.set(id, answer);
      if (!sentAs) link.send({ ...question, id });
    },
    probe,
    end,
  };
}
