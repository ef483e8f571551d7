import { Outbox } from "../outbox.js";
import { Turn } from "../turn.js";
import type { WireFrame } from "../wire-frame.js";
import { StallingSocket } from "./stalling-socket.js";

export const MAX_BYTES = 10_000;

/** A frame whose bytes are its text. */
export function frame(text: string, more: Partial<WireFrame> = {}): WireFrame {
  return { bytes: Buffer.from(text), channel: null, overflow: "close", slot: "", ...more };
}

/** An outbox on a socket whose peer reads as it is told to. */
export class OutboxStage {
  readonly turn: Turn;
  readonly socket = new StallingSocket();
  readonly told: string[] = [];
  readonly outbox: Outbox;

  constructor(turn: Turn = new Turn()) {
    const owner = {
      onOverflow: () => void this.told.push("overflow"),
      onProgress: () => void this.told.push("progress"),
    };
    this.turn = turn;
    this.outbox = new Outbox(this.socket, { turn, maxBufferedBytes: MAX_BYTES }, owner);
  }

  /** The peer reads no more, and what is under way, a thousand bytes, fills the socket. */
  fallBehind(): void {
    this.socket.stall();
    this.outbox.append(frame("x".repeat(1_000)));
    this.turn.end();
  }
}
