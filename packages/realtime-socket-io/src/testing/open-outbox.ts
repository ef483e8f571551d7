import { vi } from "vitest";
import { Outbox } from "../outbox.js";
import { Packet } from "../packet.js";
import { Turn } from "../turn.js";
import { EngineDouble } from "./engine-double.js";

export const KIB = 1024;

/** An outbox on a double of engine.io. */
export function openOutbox({
  turn = new Turn(),
  maxBufferedBytes = 64 * KIB,
  transport = "websocket" as "websocket" | "polling",
} = {}) {
  const engine = new EngineDouble(transport);
  const onTooSlow = vi.fn();
  const outbox = new Outbox(engine.conn, turn, { maxBufferedBytes, onTooSlow });
  const texts = () => engine.written.map(({ text }) => text);
  return { engine, outbox, onTooSlow, texts };
}

/** A message of a channel. */
export const packet = (text: string, channel = "a") => new Packet(text, channel);
/** The same, and 20 KiB of it unless told. */
export const large = (mark: string, bytes = 20 * KIB) => packet(mark.padEnd(bytes, "."));
/** Resolves when the turn of the event loop has ended. */
export const endOfTurn = async () => new Promise((resolve) => setImmediate(resolve));

/** A reader that lags: more than 16 KiB wait behind a write that is not done. */
export async function openLagging(options = {}) {
  const opened = openOutbox(options);
  opened.outbox.deliver(packet("under way"));
  await endOfTurn();
  opened.outbox.deliver(large("waiting"));
  await endOfTurn();
  return opened;
}
