import { FlushScheduler, type OutboundFrame } from "@repo/core-realtime/server";
import { joinPackets, packet, type Packets } from "../packets.js";
import { SocketIOConnection, type FrameSocket } from "../socket-io-connection.js";
import { EngineDouble } from "./engine-double.js";

export const KIB = 1024;

/** A connection on a double of engine.io. */
export function openConnection({
  scheduler = new FlushScheduler<Packets>(),
  maxBufferedBytes = 64 * KIB,
  transport = "websocket" as "websocket" | "polling",
} = {}) {
  const engine = new EngineDouble(transport);
  const socket = { id: "mia", conn: engine.conn, on: () => undefined, leave: () => undefined };
  const connection = new SocketIOConnection(
    socket as unknown as FrameSocket, // only what a connection uses of it before it is opened
    { scheduler, join: joinPackets, maxBufferedBytes },
  );
  return {
    engine,
    connection,
    texts: () => engine.written.map(({ text }) => text),
    isCut: () => engine.readyState === "closed",
    /** Delivers, and lets the turn end. */
    deliver(...frames: readonly OutboundFrame<Packets>[]) {
      for (const frame of frames) connection.deliver(frame);
      scheduler.flush();
    },
  };
}

/** A message of a channel. */
export function message(text: string, channel = "a"): OutboundFrame<Packets> {
  const encoded = packet(text);
  return { encoded, bytes: encoded.byteLength, channel, overflow: "close", slot: "" };
}

/** The same, and 20 KiB of it: more than a reader that keeps up ever leaves. */
export const large = (mark: string, channel?: string) => message(mark.padEnd(20 * KIB, "."), channel);
