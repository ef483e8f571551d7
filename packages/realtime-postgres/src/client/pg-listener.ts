import pg from "pg";
import { ListenerTable } from "./listener-table.js";
import { endClient, hasSession, KEEPALIVE, PgConnection } from "./pg-connection.js";
import { sqlErrorOf } from "./pg-errors.js";
import type { PgSettings } from "./pg-options.js";
import type { NotifyListener } from "./sql-client.js";

const HEARTBEAT_MS = 10_000;
const REPLY_MS = 5_000; // with HEARTBEAT_MS less than the 20 s within which a half-open connection is noticed
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * The one connection that receives notifications, for all channels. It reconnects by itself, without a limit.
 * Behind a pooler, where the server keeps no session for it, it calls `onGap` every `pollMs` instead.
 */
export class PgListener {
  readonly #settings: PgSettings;
  readonly #table = new ListenerTable();
  #state: State = { name: "idle" };
  #failures = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(settings: PgSettings) {
    this.#settings = settings;
  }

  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    this.#table.add(channel, listener);
    if (this.#state.name === "idle") this.#begin();
    try {
      if (this.#state.name === "connecting") await this.#state.done;
      await this.#received(channel);
    } catch (error) {
      this.#table.delete(channel, listener);
      throw error;
    }
    return async () => {
      if (!this.#table.delete(channel, listener) || this.#state.name !== "connected") return;
      this.#state.listens.delete(channel);
      await this.#execute(this.#state, `unlisten ${pg.escapeIdentifier(channel)}`).catch(lostWithItsListens);
    };
  }

  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { name: "closed" };
    this.#cancelTimer();
    if (state.name === "connecting") await state.done.catch(() => undefined); // the caller of listen() has it
    if (state.name === "connected") await endClient(state.client, this.#settings.clock);
  }

  /** Resolves when the channel is received, or is certain to be after an `onGap`. */
  async #received(channel: string): Promise<void> {
    if (this.#state.name !== "connected") return;
    const { listens } = this.#state;
    const listening = listens.get(channel) ?? this.#execute(this.#state, `listen ${pg.escapeIdentifier(channel)}`);
    listens.set(channel, listening);
    await listening.catch((cause: unknown) => {
      const error = sqlErrorOf(cause);
      if (!error.isUnavailable) throw error;
    });
  }

  #begin(): void {
    const done = Promise.resolve().then(() => this.#connect());
    this.#state = { name: "connecting", done };
  }

  /** Rejects only where another attempt is of no use, such as after a wrong password at the start. */
  async #connect(): Promise<void> {
    if (this.#settings.pooling === "transaction") return this.#poll();
    const client = new pg.Client(this.#settings.direct);
    client.on("error", () => this.#lost(client)); // `end` may follow, or not
    client.on("end", () => this.#lost(client));
    client.on("notification", ({ channel, payload = "" }) => this.#table.notify(channel, payload));
    const connection = new PgConnection(client, this.#settings.replyTimeoutMs);
    try {
      await client.connect();
      const isPooled = this.#settings.pooling === "detect" && !(await hasSession(client, connection));
      if (!isPooled) return await this.#start({ name: "connected", client, connection, listens: new Map() });
      await endClient(client, this.#settings.clock);
      this.#poll();
    } catch (cause) {
      this.#lost(client);
      await endClient(client, this.#settings.clock);
      if (this.#state.name === "connecting") this.#failed(cause);
    }
  }

  async #start(state: Connected): Promise<void> {
    if (this.#state.name === "closed") return endClient(state.client, this.#settings.clock);
    const isAgain = this.#failures > 0;
    this.#state = state;
    await this.#execute(state, KEEPALIVE);
    await Promise.all(this.#table.channels.map((channel) => this.#received(channel)));
    if (this.#state !== state) return; // lost again, or closed
    this.#failures = 0;
    this.#cancelTimer = this.#settings.clock.after(HEARTBEAT_MS, () => void this.#heartbeat(state));
    if (isAgain) this.#table.gap();
  }

  /** A connection that does not reply is lost: the script rejects then. */
  async #execute({ client, connection }: Connected, script: string): Promise<void> {
    const cancel = this.#settings.clock.after(REPLY_MS, () => this.#lost(client));
    await connection.execute(script).finally(cancel);
  }

  /** On the same session: a connection may be open while its session, with what it listens to, is gone. */
  async #heartbeat(state: Connected): Promise<void> {
    const { clock } = this.#settings;
    this.#cancelTimer = clock.after(REPLY_MS, () => this.#lost(state.client));
    const expected = [...state.listens.keys()];
    const channels = await state.connection
      .query<{ name: string }>("select pg_listening_channels() as name")
      .catch(lostWithItsListens);
    if (this.#state !== state) return;
    this.#cancelTimer();
    const received = new Set(channels?.map(({ name }) => name));
    if (!expected.every((channel) => received.has(channel))) return this.#lost(state.client);
    this.#cancelTimer = clock.after(HEARTBEAT_MS, () => void this.#heartbeat(state));
  }

  #lost(client: pg.Client): void {
    if (this.#state.name !== "connected" || this.#state.client !== client) return;
    client.connection.stream.destroy();
    this.#failed(undefined);
  }

  #failed(cause: unknown): void {
    if (this.#state.name === "closed") return;
    this.#cancelTimer();
    const isFirst = this.#state.name === "connecting" && this.#failures === 0;
    if (isFirst && !sqlErrorOf(cause).isUnavailable) {
      this.#state = { name: "idle" };
      throw sqlErrorOf(cause);
    }
    const pause = Math.min(SHORTEST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#state = { name: "waiting" };
    this.#cancelTimer = this.#settings.clock.after(pause, () => this.#begin());
  }

  #poll(): void {
    if (this.#state.name === "closed") return;
    this.#state = { name: "polling" };
    this.#cancelTimer = this.#settings.clock.after(this.#settings.pollMs, () => {
      this.#table.gap();
      this.#poll();
    });
  }
}

interface Connected {
  readonly name: "connected";
  readonly client: pg.Client;
  readonly connection: PgConnection;
  /** Channel → the statement that listens to it. */
  readonly listens: Map<string, Promise<void>>;
}

type State =
  | { readonly name: "idle" | "waiting" | "polling" | "closed" }
  | { readonly name: "connecting"; readonly done: Promise<void> }
  | Connected;

/** A connection that was lost has lost its LISTENs with it; `#lost` continues from there. */
function lostWithItsListens(): undefined {
  return undefined;
}
