import type { Socket as SocketIOSocket } from "socket.io";
import type { Batch } from "./batch.js";
import { EngineLine } from "./engine-line.js";
import type { Packet } from "./packet.js";
import type { Turn } from "./turn.js";

const LAGGING_BYTES = 16 * 1024; // a reader that keeps up never has that much waiting
const FAREWELL_MS = 2_000; // a polling client that reads asks again within that

/** What an outbox holds to. */
export interface OutboxOptions {
  readonly maxBufferedBytes: number;
  /** Too much waits: the connection has to end, without a flush. */
  readonly onTooSlow: () => void;
}

/** What waits for one client, in order. It is the only queue: engine.io is handed one batch at a time. */
export class Outbox {
  readonly #line: EngineLine;
  readonly #turn: Turn;
  readonly #options: OutboxOptions;
  readonly #laggingBytes: number;
  readonly #latest = new Map<string, Packet>();
  #latestBytes = 0;
  #pending: Batch | undefined;
  #isLeaving = false;
  #isHeldUp = false;

  constructor(conn: SocketIOSocket["conn"], turn: Turn, options: OutboxOptions) {
    this.#turn = turn;
    this.#options = options;
    this.#laggingBytes = Math.min(LAGGING_BYTES, options.maxBufferedBytes / 4);
    this.#line = new EngineLine(conn, { onFree: () => this.leave(), onForeign: () => this.#makeWay() });
  }

  /** What the client asked for: taken however large it is, unless too much waits already. */
  send(packet: Packet): void {
    if (this.#waitingBytes > this.#options.maxBufferedBytes) this.#options.onTooSlow();
    else this.#append(packet);
  }

  /** A message of a channel that skips nothing. */
  deliver(packet: Packet): void {
    const waiting = this.#waitingBytes;
    if (waiting > 0 && waiting + packet.bytes > this.#options.maxBufferedBytes) this.#options.onTooSlow();
    else this.#append(packet);
  }

  /** A message that a reader who lags may do without. */
  deliverOrDrop(packet: Packet): void {
    if (!this.#isLagging) this.#append(packet);
  }

  /** A message that replaces the one before under the same key, while the reader lags. */
  deliverLatest(packet: Packet, key: string): void {
    if (!this.#isLagging && this.#latest.size === 0) return this.#append(packet);
    const replaced = this.#latest.get(key);
    const bytes = packet.bytes - (replaced?.bytes ?? 0);
    if (this.#waitingBytes + bytes > this.#options.maxBufferedBytes) return this.#options.onTooSlow();
    this.#latest.delete(key); // to the end: among the latest, too, the order is that of the broadcasts
    this.#latest.set(key, packet);
    this.#latestBytes += bytes;
  }

  /** Nothing more of the channel is taken. What was said before leaves first; of a reader that lags it is taken back. */
  forget(channel: string): void {
    for (const [key, packet] of this.#latest) if (packet.channel === channel) this.#removeLatest(key, packet);
    if (this.#isLagging) this.#takeBack((packet) => packet.channel === channel);
    else if (this.#pending && this.#line.isFree) this.#handOver();
  }

  /** Sends what is owed, and the farewell, where the line still takes it; then cuts it. */
  end(farewell: readonly Packet[]): void {
    if (this.#isLagging) this.#takeBack(() => true);
    const last = this.#batchOf([...(this.#pending?.packets() ?? []), ...farewell]);
    this.#clear();
    const timer = setTimeout(() => this.#line.cut(), FAREWELL_MS).unref();
    const cut = () => {
      clearTimeout(timer);
      this.#line.cut();
    };
    if (last) this.#line.write(last, cut);
    else cut();
  }

  /** Cuts the line: nothing that waits is sent, nobody is waited for. */
  cut(): void {
    this.#clear();
    this.#line.cut();
  }

  /** The turn has ended, or the line is free again: what waits goes out, if the line takes it. */
  leave(): void {
    this.#isLeaving = false;
    this.#isHeldUp = !this.#line.isFree;
    if (this.#isHeldUp) return;
    for (const [key, packet] of this.#latest) {
      this.#removeLatest(key, packet);
      this.#pending = this.#pending?.plus(packet) ?? this.#turn.begin(packet);
    }
    this.#handOver();
  }

  get #waitingBytes(): number {
    return (this.#pending?.bytes ?? 0) + this.#latestBytes + this.#line.waitingBytes;
  }

  get #isLagging(): boolean {
    return this.#isHeldUp && this.#waitingBytes > this.#laggingBytes;
  }

  #append(packet: Packet): void {
    this.#pending = this.#pending?.plus(packet) ?? this.#turn.begin(packet);
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    this.#turn.add(this);
  }

  #makeWay(): void {
    if (this.#waitingBytes > this.#options.maxBufferedBytes) this.#options.onTooSlow();
    else this.#handOver();
  }

  #handOver(): void {
    const batch = this.#pending;
    this.#pending = undefined;
    if (batch) this.#line.write(batch);
  }

  #takeBack(isTaken: (packet: Packet) => boolean): void {
    this.#pending = this.#batchOf(this.#pending?.packets().filter((packet) => !isTaken(packet)) ?? []);
  }

  #batchOf(packets: readonly Packet[]): Batch | undefined {
    return packets.reduce<Batch | undefined>(
      (batch, packet) => batch?.plus(packet) ?? this.#turn.begin(packet),
      undefined,
    );
  }

  #removeLatest(key: string, packet: Packet): void {
    this.#latest.delete(key);
    this.#latestBytes -= packet.bytes;
  }

  #clear(): void {
    this.#pending = undefined;
    this.#latest.clear();
    this.#latestBytes = 0;
  }
}
