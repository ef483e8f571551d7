import type { ClientFrame, Clock, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { look, LOOK_MS } from "./heartbeat.js";

/** A frame that is answered; the link gives it an id where it has none. */
export type Question = Exclude<ClientFrame, { readonly type: "ping" }>;

/** Sends a question and hands on the reply; where there is no link, or it breaks first, none comes. */
export type Ask = (question: Question, answer: (reply: ReplyFrame) => void) => void;

/** What a link needs, and whom it tells. */
export interface LinkDeps {
  readonly transport: IRealtimeTransport;
  readonly url: string;
  readonly token: string | undefined;
  readonly clock: Clock;
  /** Words that no other client says, so that tabs may share a connection. */
  readonly nextId: () => string;
  /** Every frame that is not the link's own business. */
  readonly onFrame: (frame: ServerFrame) => void;
  /** The link is dead; `wasHeard`: a frame had come. Told once, and never after `end()`. */
  readonly onClose: (wasHeard: boolean, code?: number, error?: WireError) => void;
}

/** One link from its opening to its end. */
export interface Link {
  /** The last ping's round trip. */
  readonly latencyMs: number | undefined;
  readonly send: (frame: ClientFrame) => void;
  readonly ask: Ask;
  /** Asks for a sign of life; without one soon, the link is dead. */
  readonly probe: () => void;
  /** Lets go; nothing is told after this. */
  readonly end: () => void;
}

/** Opens a link that matches replies with questions and feels its own pulse. */
export function openLink({ transport, clock, nextId, onFrame, onClose, ...request }: LinkDeps): Link {
  const answers = new Map<string, (reply: ReplyFrame) => void>();
  let lookedAt = 0;
  let heardAt = 0;
  let askedAt: number | undefined;
  let pingedAt = 0;
  let latencyMs: number | undefined;
  let isOver = false;
  let cancel: () => void = () => undefined;

  const take = (frame: ServerFrame): void => {
    heardAt = clock.now();
    askedAt = undefined;
    switch (frame.type) {
      case "pong":
        latencyMs = clock.monotonic() - pingedAt;
        return;
      case "reply":
        answers.get(frame.id ?? "")?.(frame);
        answers.delete(frame.id ?? "");
        return;
      case "close":
        return die(frame.closeCode, frame.error);
      case "connected":
        onFrame(frame);
        probe(); // measures the way, and is a sign of life for a server that closes idle connections
        return keepLooking(frame.pingMs);
      default:
        return onFrame(frame);
    }
  };
  const keepLooking = (quietMs: number): void => {
    lookedAt = clock.now();
    cancel = clock.after(LOOK_MS, () => {
      const verdict = look({ lookedAt, heardAt, askedAt }, clock.now(), quietMs);
      if (verdict === "dead") return die();
      if (verdict === "ask") probe();
      keepLooking(quietMs);
    });
  };
  const probe = (): void => {
    askedAt = clock.now();
    pingedAt = clock.monotonic();
    link.send({ type: "ping" });
  };
  const end = (): void => {
    isOver = true;
    cancel();
    link.close();
  };
  const die = (code?: number, error?: WireError): void => {
    if (isOver) return;
    end();
    onClose(heardAt > 0, code, error);
  };
  const link = transport.open(request, { onFrame: (frame) => isOver || take(frame), onClose: die });
  return {
    get latencyMs() {
      return latencyMs;
    },
    send: link.send,
    ask(question, answer) {
      const { id = nextId() } = question;
      answers.set(id, answer);
      link.send({ ...question, id });
    },
    probe,
    end,
  };
}
