import type { Clock, IPubSub } from "@repo/core-realtime";
import { consoleReport, systemClock } from "@repo/core-realtime/server";
import { deletePeriodically } from "../client/periodic-delete.js";
import type { SqlClient } from "../client/sql-client.js";
import { refusalOfFailure } from "../unavailable.js";
import { BusReader } from "./bus-reader.js";
import { BusWriter } from "./bus-writer.js";

/** The carrier of a `PubSubBroker` over one database. */
export interface PostgresPubSubOptions {
  /** Remains the app's to close. */
  readonly client: Pick<SqlClient, "query" | "listen">;
  /** The database could not be read or cleaned; it is tried again. Default: the console. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

/**
 * The carrier of a `PubSubBroker` on Postgres: one object per node. Texts are rows of `realtime.bus`, never part of a notification, for
 * any role of a database may notify. What is committed while the connection is away is read when it is back, up to 30 s later.
 * @example new PubSubBroker({ carrier: new PostgresPubSub({ client }) });
 */
export class PostgresPubSub implements IPubSub {
  readonly #subscriptions = new Map<string, Set<(text: string) => void>>();
  readonly #writer: BusWriter;
  readonly #options: Required<PostgresPubSubOptions>;
  #reader: BusReader | undefined;
  #starting: Promise<BusReader> | undefined;
  #stopCleaning: () => void = () => undefined;
  #isClosed = false;

  constructor({ client, clock = systemClock, onError = consoleReport("postgres pub-sub") }: PostgresPubSubOptions) {
    this.#options = { client, clock, onError };
    this.#writer = new BusWriter(client);
  }

  async publish(topic: string, text: string): Promise<void> {
    if (this.#isClosed) throw new Error(CLOSED);
    try {
      await this.#writer.write(topic, text);
    } catch (cause) {
      throw refusalOfFailure(cause); // of a message without history it is the publisher's
    }
  }

  async subscribe(topic: string, onText: (text: string) => void): Promise<() => void> {
    const callbacks = this.#subscriptions.get(topic) ?? new Set();
    this.#subscriptions.set(topic, callbacks.add(onText));
    const undo = () => {
      callbacks.delete(onText);
      if (callbacks.size === 0 && this.#subscriptions.get(topic) === callbacks) this.#subscriptions.delete(topic);
    };
    try {
      const reader = await this.#started();
      await reader.betweenReads();
      return undo;
    } catch (cause) {
      undo();
      throw cause;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopCleaning();
    await this.#starting?.catch(() => undefined); // its subscribers have the error
    await this.#reader?.close();
    await this.#writer.idle();
  }

  async #started(): Promise<BusReader> {
    if (this.#isClosed) throw new Error(CLOSED);
    this.#starting ??= this.#start();
    try {
      return await this.#starting;
    } catch (cause) {
      this.#starting = undefined; // the next subscribe tries again
      throw cause;
    }
  }

  async #start(): Promise<BusReader> {
    const { client, clock, onError } = this.#options;
    const reader = new BusReader({
      client,
      clock,
      onError,
      topics: () => [...this.#subscriptions.keys()],
      deliver: ({ topic, text }) => this.#deliver(topic, text),
    });
    try {
      await reader.start();
    } catch (cause) {
      await reader.close();
      throw cause;
    }
    this.#reader = reader;
    this.#stopCleaning = deletePeriodically({ client, clock, onError, ...OLD_TEXTS });
    return reader;
  }

  #deliver(topic: string, text: string): void {
    for (const onText of this.#subscriptions.get(topic) ?? [])
      try {
        onText(text);
      } catch (cause) {
        this.#options.onError(cause);
      }
  }
}

/** A node that has not read a text by then has isolated itself long ago. */
const OLD_TEXTS = {
  table: "realtime.bus",
  where: "created_at < clock_timestamp() - interval '30 seconds'",
  orderBy: "created_at",
  everyMs: 5_000,
};
const CLOSED = "This PostgresPubSub is closed. Create another one.";
