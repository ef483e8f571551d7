import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { SqlClient } from "../client/sql-client.js";
import { RetrySchedule, type RetryScheduleOptions } from "./retry-schedule.js";
import type { WebhookAttempt, WebhookDelivery } from "./webhook-delivery.js";
import { WebhookQueue } from "./webhook-queue.js";
import { checkSecrets } from "./webhook-headers.js";
import { WebhookSender, type SecretsOf } from "./webhook-sender.js";
import { WebhookTargets, type WebhookTargetOptions } from "./webhook-target.js";

/** How deliveries are sent. */
export interface WebhookWorkerOptions extends RetryScheduleOptions, WebhookTargetOptions {
  /** The database; the app opens and closes it. */
  readonly client: SqlClient;
  /** The secrets that sign a delivery, each `whsec_` and base64: two while one is being replaced, none where it is not signed. */
  readonly secrets?: SecretsOf | readonly string[];
  /** For a whole request, the response included; default 10 s. */
  readonly timeoutMs?: number;
  /** Requests of this node at a time; default 20. */
  readonly concurrency?: number;
  /** Requests of this node to one URL at a time; default 5. */
  readonly perUrl?: number;
  /** How long after a node was killed another one takes over its deliveries; default the time-out and 20 s. */
  readonly leaseMs?: number;
  /** How often the queue is read where no notification comes; default 1 s. */
  readonly pollMs?: number;
  /** Further certificate authorities, in PEM: for receivers of a private network. */
  readonly ca?: string;
  /** The database was unreachable; the worker continues by itself. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
  /** Whether leases follow `clock` instead of the database's own: for tests. */
  readonly useOwnTime?: boolean;
  /** From 0 to 1, to spread retries; default `Math.random`. */
  readonly random?: () => number;
}

/** Delivers webhooks. Any number of nodes may run one: the queue gives each delivery to one of them at a time. */
export class WebhookWorker {
  readonly #client: SqlClient;
  readonly #queue: WebhookQueue;
  readonly #sender: WebhookSender;
  readonly #clock: Clock;
  readonly #limits: { readonly concurrency: number; readonly perUrl: number; readonly pollMs: number };
  readonly #onError: (cause: unknown) => void;
  readonly #inFlight = new Map<string, number>();
  readonly #sending = new Set<Promise<void>>();
  #finished: WebhookAttempt[] = [];
  #round: Promise<void> | undefined;
  #isWoken = false;
  #isOpen = false;
  #stopTimer = (): void => undefined;
  #stopListening = async (): Promise<void> => undefined;

  constructor(options: WebhookWorkerOptions) {
    const { client, secrets = [], timeoutMs = 10_000, clock = systemClock, random = Math.random } = options;
    const { leaseMs = timeoutMs + 20_000, useOwnTime = false } = options;
    if (leaseMs <= timeoutMs)
      throw new TypeError(
        `leaseMs (${leaseMs}) has to be longer than timeoutMs (${timeoutMs}), or every slow request is repeated.`,
      );
    if (typeof secrets !== "function") checkSecrets(secrets);
    this.#client = client;
    this.#clock = clock;
    this.#queue = new WebhookQueue({ client, leaseMs, now: useOwnTime ? () => new Date(clock.now()) : undefined });
    this.#sender = new WebhookSender({
      targets: new WebhookTargets(options),
      schedule: new RetrySchedule(options, random),
      secretsOf: typeof secrets === "function" ? secrets : () => secrets,
      timeoutMs,
      clock,
      ca: options.ca,
    });
    this.#limits = {
      concurrency: options.concurrency ?? 20,
      perUrl: options.perUrl ?? 5,
      pollMs: options.pollMs ?? 1_000,
    };
    this.#onError = options.onError ?? (() => undefined);
  }

  /** Resolves when deliveries are being taken. A database that is away is waited for. */
  async start(): Promise<void> {
    this.#isOpen = true;
    const wake = (): void => this.#wake();
    this.#stopListening = await this.#client
      .listen("realtime_webhooks", { onNotify: wake, onGap: wake })
      .catch((cause) => {
        this.#onError(cause);
        return async () => undefined; // polling finds everything
      });
    this.#wake();
  }

  /** Takes no more deliveries; resolves when those that run have ended and are recorded. */
  async close(): Promise<void> {
    this.#isOpen = false;
    this.#stopTimer();
    await this.#stopListening();
    await Promise.all(this.#sending);
    this.#wake();
    await this.#round;
  }

  /** One round at a time; whatever wakes it meanwhile makes one more. */
  #wake(): void {
    this.#isWoken = true;
    this.#round ??= this.#run();
  }

  async #run(): Promise<void> {
    this.#stopTimer();
    let waitMs = this.#limits.pollMs;
    while (this.#isWoken) {
      this.#isWoken = false;
      waitMs = await this.#takeRound().catch((cause) => {
        this.#onError(cause);
        return this.#limits.pollMs;
      });
    }
    this.#round = undefined; // in the same turn as the last check of isWoken: no call in between is lost
    if (this.#isOpen) this.#stopTimer = this.#clock.after(waitMs, () => this.#wake());
  }

  /** Records what has ended, then leases what is due; returns for how long there is nothing to do. */
  async #takeRound(): Promise<number> {
    const { concurrency, perUrl, pollMs } = this.#limits;
    await this.#record();
    const free = concurrency - this.#sending.size;
    if (!this.#isOpen || free <= 0) return pollMs;
    const leased = await this.#queue.lease(free, { perUrl, inFlight: this.#inFlight });
    for (const delivery of leased) this.#send(delivery);
    if (leased.length > 0) return pollMs; // the end of the first of them wakes the next round
    const dueIn = await this.#queue.dueIn();
    return Math.min(pollMs, Math.max(dueIn ?? pollMs, SHORTEST_WAIT_MS));
  }

  async #record(): Promise<void> {
    const finished = this.#finished;
    if (finished.length === 0) return;
    this.#finished = [];
    try {
      await this.#queue.record(finished);
    } catch (cause) {
      this.#finished = [...finished, ...this.#finished]; // bounded: nothing more is leased before this succeeds
      throw cause;
    }
  }

  #send(delivery: WebhookDelivery): void {
    const { url } = delivery;
    this.#inFlight.set(url, (this.#inFlight.get(url) ?? 0) + 1);
    const sending = this.#sender.send(delivery).then((attempt) => {
      this.#finished.push(attempt);
      const left = (this.#inFlight.get(url) ?? 1) - 1;
      if (left > 0) this.#inFlight.set(url, left);
      else this.#inFlight.delete(url);
      this.#sending.delete(sending);
      this.#wake();
    });
    this.#sending.add(sending);
  }
}

const SHORTEST_WAIT_MS = 250; // something is due that may not run yet: its URL is busy, or one before it is not delivered
