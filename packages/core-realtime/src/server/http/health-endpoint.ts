import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../seams/clock.js";
import { consoleReport } from "../log/console-report.js";
import { systemClock } from "../system-clock.js";

/** What is needed to serve, and where it is asked. */
export interface HealthEndpointOptions {
  /** What has to resolve before traffic is sent here, by name: `{ database: () => pool.query("select 1") }`. */
  readonly checks?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Receives why a check failed; a probe receives its name alone. Default: the console. */
  readonly onError?: (check: string, cause: unknown) => void;
  /** Is the process up? Default `"/healthz"`. */
  readonly livePath?: `/${string}`;
  /** May traffic be sent here? Default `"/readyz"`. */
  readonly readyPath?: `/${string}`;
  /** A check that takes longer has failed; default 2 000. */
  readonly checkMs?: number;
  /** Of the time-out of a check; default: the system's. */
  readonly clock?: Clock;
}

type Phase = "starting" | "ready" | "draining";

/** What a probe receives as JSON. */
export type HealthReport =
  { readonly status: "live" | Phase } | { readonly status: "unavailable"; readonly failed: readonly string[] };

const CHECK_MS = 2_000; // under the 3 s that Docker's and Kubernetes' probes commonly wait

/**
 * The replies to a deployment's probes. `/healthz`: 200 for as long as the process replies at all. `/readyz`: 200 from `ready()` on, while every
 * check resolves; 503 before, while one does not, and after `drain()`.
 * @example
 * const health = new HealthEndpoint({ checks: { database: () => pool.query("select 1") } });
 * createServer((request, response) => {
 *   if (health.isOwn(request)) health.handleRequest(request, response);
 * });
 */
export class HealthEndpoint {
  readonly #options: HealthEndpointOptions;
  readonly #livePath: string;
  readonly #readyPath: string;
  readonly #clock: Clock;
  readonly #onError: NonNullable<HealthEndpointOptions["onError"]>;
  #phase: Phase = "starting";
  #checking: Promise<readonly string[]> | undefined;

  constructor(options: HealthEndpointOptions = {}) {
    this.#options = options;
    this.#livePath = options.livePath ?? "/healthz";
    this.#readyPath = options.readyPath ?? "/readyz";
    this.#clock = options.clock ?? systemClock;
    const report = consoleReport("health", this.#clock);
    this.#onError = options.onError ?? ((check, cause) => report(new Error(`The check "${check}" failed.`, { cause })));
  }

  /** The server listens, and what it needs is open. */
  ready(): void {
    if (this.#phase === "starting") this.#phase = "ready";
  }

  /**
   * The process is about to end: `/readyz` replies 503 from here on, whatever else is well. Resolves after `noticeMs`, in which balancers
   * notice it while this process still serves: as long as their probes are apart. Default 0.
   */
  drain(noticeMs = 0): Promise<void> {
    this.#phase = "draining";
    return new Promise((resolve) => this.#clock.after(noticeMs, resolve));
  }

  /** Is this request a probe? By its path. */
  isOwn(request: IncomingMessage): boolean {
    const path = pathOf(request);
    return path === this.#livePath || path === this.#readyPath;
  }

  /** Takes a request of Node's HTTP server over. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    void this.#report(pathOf(request)).then((report) => {
      response.writeHead(statusOf(report), HEADERS).end(request.method === "HEAD" ? undefined : JSON.stringify(report));
    });
  }

  /** Replies to a fetch Request: a route handler's `GET`. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const report = await this.#report(new URL(request.url).pathname);
    return new Response(JSON.stringify(report), { status: statusOf(report), headers: HEADERS });
  };

  async #report(path: string): Promise<HealthReport> {
    if (path === this.#livePath) return { status: "live" };
    if (this.#phase !== "ready") return { status: this.#phase };
    this.#checking ??= this.#failedChecks().finally(() => (this.#checking = undefined)); // one run, however many probes
    const failed = await this.#checking;
    return failed.length > 0 ? { status: "unavailable", failed } : { status: this.#phase };
  }

  async #failedChecks(): Promise<readonly string[]> {
    const { checks = {} } = this.#options;
    const outcomes = Object.entries(checks).map(async ([name, check]) => {
      try {
        await this.#inTime(check);
        return [];
      } catch (cause) {
        this.#onError(name, cause);
        return [name];
      }
    });
    return (await Promise.all(outcomes)).flat();
  }

  #inTime(check: () => Promise<unknown>): Promise<unknown> {
    const { checkMs = CHECK_MS } = this.#options;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(checkMs, () => reject(new Error(`The check took longer than ${checkMs} ms.`)));
      const checked = Promise.resolve().then(check);
      void checked.then(resolve, reject).finally(cancel);
    });
  }
}

const HEADERS = { "content-type": "application/json", "cache-control": "no-store" };

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.replace(/\?.*/s, "");
}

function statusOf({ status }: HealthReport): 200 | 503 {
  return status === "live" || status === "ready" ? 200 : 503;
}
