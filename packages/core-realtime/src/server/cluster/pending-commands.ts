import type { CommandOutcome } from "../../seams/broker.seam.js";
import type { ClusterCommand, CommandMessage, DoneMessage } from "./cluster-message.js";

/** A member that a command waits for. */
export interface CommandTarget {
  readonly id: string;
  readonly node: string;
}

interface Pending {
  readonly body: ClusterCommand;
  readonly waiting: Map<string, CommandTarget>;
  readonly givenUp: string[];
  readonly deadline: number;
  /** Of the first node that failed; thrown when all the others have replied. */
  failure: string | undefined;
  done: number;
  retryAt: number;
  retryMs: number;
  readonly resolve: (outcome: CommandOutcome) => void;
  readonly reject: (reason: Error) => void;
}

export type CommandToSend = Pick<CommandMessage, "number" | "settled" | "body">;

export interface PendingCommandsDeps {
  readonly now: () => number;
  /** To one member, or to all. */
  readonly send: (command: CommandToSend, to: string | undefined) => void;
}

/** The commands that this node has sent: repeats them until every member has confirmed, left, or been given up. */
export class PendingCommands {
  readonly #deps: PendingCommandsDeps;
  readonly #pending = new Map<number, Pending>();
  #numbers = 0;

  constructor(deps: PendingCommandsDeps) {
    this.#deps = deps;
  }

  /** `done`: what this node has carried out itself already. */
  async issue(
    body: ClusterCommand,
    { targets, timeoutMs }: { readonly targets: readonly CommandTarget[]; readonly timeoutMs: number },
  ): Promise<CommandOutcome> {
    if (this.#pending.size >= MAX_PENDING)
      throw new Error(`${MAX_PENDING} commands of this node are unconfirmed. Wait for some of them to resolve.`);
    const now = this.#deps.now();
    const number = (this.#numbers += 1);
    return new Promise<CommandOutcome>((resolve, reject) => {
      const waiting = new Map(targets.map((target) => [target.id, target]));
      const times = { deadline: now + timeoutMs, retryAt: now + RETRY_MS, retryMs: RETRY_MS };
      const pending: Pending = { body, waiting, givenUp: [], failure: undefined, done: 0, ...times, resolve, reject };
      this.#pending.set(number, pending);
      if (waiting.size > 0) this.#send(number, pending);
      this.#settle(number, pending);
    });
  }

  confirm({ from, number, failure }: DoneMessage): void {
    const pending = this.#pending.get(number);
    if (!pending?.waiting.delete(from)) return;
    if (failure === undefined) pending.done += 1;
    else pending.failure ??= failure;
    this.#settle(number, pending);
  }

  /** The member is gone: it left, or was given up. */
  drop(id: string, isGivenUp: boolean): void {
    for (const [number, pending] of this.#pending) {
      const target = pending.waiting.get(id);
      if (!target) continue;
      pending.waiting.delete(id);
      if (isGivenUp) pending.givenUp.push(target.node);
      this.#settle(number, pending);
    }
  }

  /** Called often: repeats what is unconfirmed, and ends what takes too long. */
  retry(): void {
    const now = this.#deps.now();
    for (const [number, pending] of this.#pending) {
      if (now >= pending.deadline) {
        const names = [...pending.waiting.values()].map(({ node }) => node).join(", ");
        this.#fail(number, `Not confirmed in time by node ${names}, which is connected. Send the command again.`);
      } else if (now >= pending.retryAt) {
        pending.retryMs = Math.min(pending.retryMs * 2, SLOWEST_RETRY_MS);
        pending.retryAt = now + pending.retryMs;
        for (const id of pending.waiting.keys()) this.#send(number, pending, id);
      }
    }
  }

  /** This node is isolated, or leaves: the outcome of its commands stays unknown. */
  failAll(why: string): void {
    for (const number of [...this.#pending.keys()]) this.#fail(number, why);
  }

  #fail(number: number, why: string): void {
    this.#pending.get(number)?.reject(new Error(why));
    this.#pending.delete(number);
  }

  #settle(number: number, { waiting, failure, givenUp, done, resolve }: Pending): void {
    if (waiting.size > 0) return;
    if (failure !== undefined) return this.#fail(number, `A node could not carry out the command: ${failure}`);
    this.#pending.delete(number);
    resolve({ nodes: done, givenUp });
  }

  #send(number: number, { body }: Pending, to?: string): void {
    const [settled = number] = this.#pending.keys(); // oldest first
    this.#deps.send({ number, settled, body }, to);
  }
}

const MAX_PENDING = 1_000;
const RETRY_MS = 200;
const SLOWEST_RETRY_MS = 2_000;
