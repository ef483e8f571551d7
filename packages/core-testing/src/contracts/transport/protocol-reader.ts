import type { RealtimePosition, ServerFrame, SubscribeResult } from "@repo/core-realtime";
import type { TestClient } from "../../client/test-client";
import type { Recovered } from "./recovered";
import { textOf } from "./texts-of";

/** A client that follows PROTOCOL.md: drops what it has, takes what comes next, and records every gap. */
export class ProtocolReader {
  readonly received: string[] = [];
  readonly holes: string[] = [];
  #position: RealtimePosition | undefined;

  /** Subscribes from the last good position. */
  subscribe(client: TestClient, channel: string): void {
    client.send({ type: "subscribe", id: "law", channel, since: this.#position });
  }

  /** Reads all that a connection brought, once it is over. */
  read(frames: readonly ServerFrame[]): void {
    const replied = frames.findIndex((frame) => frame.type === "reply" && frame.id === "law");
    const reply = frames[replied];
    if (reply?.type !== "reply") return; // no reply: the next connection subscribes again
    if (!reply.ok) return void this.holes.push(reply.error.code);
    const { position, recovered, messages = [] } = reply.result as SubscribeResult;
    if (recovered === false) this.holes.push("not recovered");
    for (const message of messages) this.#take(message);
    this.#position ??= position;
    for (const frame of frames) if (frame.type === "message") this.#take(frame); // those before the reply were held till now
  }

  #take({ position, payload }: Recovered): void {
    if (!position) return void this.holes.push("no position");
    const { epoch, offset } = this.#position ?? { epoch: position.epoch, offset: position.offset - 1 };
    if (epoch === position.epoch && position.offset <= offset) return; // it has that one
    if (epoch !== position.epoch || position.offset !== offset + 1) this.holes.push(`${offset} → ${position.offset}`);
    this.#position = position;
    this.received.push(textOf(payload));
  }
}
