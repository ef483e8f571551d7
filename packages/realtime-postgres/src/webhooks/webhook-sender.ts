import type { Clock } from "@repo/core-realtime";
import type { RetrySchedule } from "./retry-schedule.js";
import type { WebhookAttempt, WebhookDelivery, WebhookNext } from "./webhook-delivery.js";
import { webhookHeaders } from "./webhook-headers.js";
import { postWebhook, type WebhookResponse } from "./webhook-request.js";
import { RefusedTargetError, type WebhookTarget, type WebhookTargets } from "./webhook-target.js";

/** The secrets of one delivery: by its URL, its channel, or the same for all. */
export type SecretsOf = (delivery: Pick<WebhookDelivery, "url" | "channel">) => readonly string[];

export interface WebhookSenderOptions {
  readonly targets: WebhookTargets;
  readonly schedule: RetrySchedule;
  readonly secretsOf: SecretsOf;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly ca?: string | undefined;
}

/** Makes one attempt and decides what becomes of the delivery. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** Never rejects: whatever went wrong is the attempt's error. */
  async send(delivery: WebhookDelivery): Promise<WebhookAttempt> {
    const { clock, schedule } = this.#options;
    const began = clock.monotonic();
    const attempt = { delivery, beganAt: new Date(clock.now()) };
    const ended = (): number => clock.monotonic() - began;
    if (delivery.attemptOfRound > schedule.maxAttempts)
      return { ...attempt, durationMs: 0, error: ABANDONED, next: { kind: "dead" } };
    try {
      const response = await this.#post(delivery, attempt.beganAt);
      return { ...attempt, durationMs: ended(), status: response.status, ...this.#assess(delivery, response) };
    } catch (error) {
      const next = error instanceof RefusedTargetError ? DEAD : this.#retry(delivery, 0);
      return { ...attempt, durationMs: ended(), error: sentenceOf(error), next };
    }
  }

  async #post(delivery: WebhookDelivery, at: Date): Promise<WebhookResponse> {
    const { targets, secretsOf, timeoutMs, clock, ca } = this.#options;
    const deadline = clock.monotonic() + timeoutMs;
    const headers = webhookHeaders(delivery, at, secretsOf(delivery));
    const target = await this.#within(timeoutMs, targets.check(delivery.url));
    const { body } = delivery;
    return postWebhook(target, {
      headers,
      body,
      timeoutMs: deadline - clock.monotonic(),
      maxResponseBytes: MAX_RESPONSE_BYTES,
      clock,
      ca,
    });
  }

  /** A name server that never replies counts against the same time-out. */
  #within(ms: number, checked: Promise<WebhookTarget>): Promise<WebhookTarget> {
    return new Promise((resolve, reject) => {
      const stop = this.#options.clock.after(ms, () =>
        reject(new Error("The name was not resolved before the time-out.")),
      );
      checked.then(resolve, reject).finally(stop);
    });
  }

  #assess(
    delivery: WebhookDelivery,
    { status, retryAfterMs }: WebhookResponse,
  ): Pick<WebhookAttempt, "error" | "next"> {
    if (status >= 200 && status < 300) return { next: { kind: "delivered" } };
    if (status === 410)
      return { error: "The receiver replied 410 Gone; its URL is disabled.", next: { kind: "disabled" } };
    const error =
      status >= 300 && status < 400
        ? `The receiver replied ${status}; redirects are not followed. Register the URL that it leads to.`
        : `The receiver replied ${status}.`;
    return { error, next: this.#retry(delivery, retryAfterMs) };
  }

  #retry({ attemptOfRound }: WebhookDelivery, retryAfterMs: number): WebhookNext {
    const afterMs = this.#options.schedule.delayAfter(attemptOfRound, retryAfterMs);
    return afterMs === undefined ? DEAD : { kind: "retried", afterMs };
  }
}

const DEAD: WebhookNext = { kind: "dead" };
const MAX_RESPONSE_BYTES = 65_536; // nothing of it is used but its end
const ABANDONED = "Every attempt was begun by a node that ended before it could record the result.";

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
