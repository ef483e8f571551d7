import type { Clock, IRealtimeObserver } from "@repo/core-realtime";
import type { SqlClient } from "./client/sql-client.js";
import { Retention, type RetentionOptions } from "./retention/retention.js";
import { AudienceCounter } from "./stats/audience-counter.js";
import { WebhookWorker, type WebhookWorkerOptions } from "./webhooks/webhook-worker.js";

export interface BackgroundWorkOptions {
  readonly client: SqlClient;
  /** How webhooks are sent; `false`: not by this node. */
  readonly webhooks?: Omit<WebhookWorkerOptions, "client" | "clock" | "onError"> | false | undefined;
  /** What is kept for how long; `false`: another node does it. */
  readonly retention?: Omit<RetentionOptions, "client" | "clock" | "onError"> | false | undefined;
  /** The database was unreachable, or counts were dropped; all of it continues by itself. */
  readonly onError?: (cause: unknown) => void;
  readonly clock?: Clock;
}

/** The background work of a node beside delivery: it sends webhooks, counts audiences, and deletes what is over. Every node may. */
export class BackgroundWork {
  /** To be added to the node's observers: it counts the connections that received a message. */
  readonly observer: IRealtimeObserver;
  readonly #counter: AudienceCounter;
  readonly #worker: WebhookWorker | undefined;
  readonly #retention: Retention | undefined;

  constructor({ webhooks = {}, retention = {}, ...shared }: BackgroundWorkOptions) {
    this.#counter = new AudienceCounter(shared);
    this.#worker = webhooks ? new WebhookWorker({ ...webhooks, ...shared }) : undefined;
    this.#retention = retention ? new Retention({ ...retention, ...shared }) : undefined;
    this.observer = this.#counter;
  }

  /** Resolves when webhooks are being sent; a database that is away is waited for. */
  async start(): Promise<void> {
    this.#retention?.start();
    await this.#worker?.start();
  }

  /** Resolves when what is being sent has ended and everything is written. Close the node before, and the client after. */
  async close(): Promise<void> {
    await Promise.all([this.#worker?.close(), this.#retention?.close(), this.#counter.close()]);
  }
}
