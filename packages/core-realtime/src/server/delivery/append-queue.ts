import type { HistoryEntry, HistoryReceipt, IRealtimeHistory } from "../../seams/history.seam.js";
import { isThenable } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";

const MAX_BATCH = 256; // entries of one append
const MAX_IN_PROGRESS = 4; // appends of one channel at once

interface Waiter {
  readonly entry: HistoryEntry;
  readonly resolve: (receipt: HistoryReceipt) => void;
  readonly reject: (cause: unknown) => void;
}

interface ChannelQueue {
  readonly waiting: Waiter[];
  inProgress: number;
  /** Settles when all appends begun before have been confirmed: receipts are passed on in the order of the entries. */
  last: Promise<void>;
}

/** Appends to a history that takes time: whatever waits for one channel is appended together, several appends may be in progress. */
export class AppendQueue {
  readonly #history: IRealtimeHistory;
  readonly #maxPending: number;
  readonly #queues = new Map<string, ChannelQueue>();
  #pending = 0;

  constructor(history: IRealtimeHistory, maxPending: number) {
    this.#history = history;
    this.#maxPending = maxPending;
  }

  /** The receipt, at once where the history returns at once. Throws OVERLOADED where too many broadcasts wait already. */
  append(entry: HistoryEntry): Promise<HistoryReceipt> | HistoryReceipt {
    if (this.#pending >= this.#maxPending)
      throw new RealtimeError("OVERLOADED", {
        detail: `${this.#maxPending} broadcasts wait for the history`,
        retryAfterMs: 1_000,
      });
    const queue = this.#queues.get(entry.envelope.channel);
    if (queue) return this.#wait(queue, entry);
    const appended = this.#history.append([entry]);
    if (!isThenable(appended)) return only(appended);
    const fresh: ChannelQueue = { waiting: [], inProgress: 0, last: Promise.resolve() };
    this.#queues.set(entry.envelope.channel, fresh);
    return new Promise((resolve, reject) => {
      this.#pending += 1;
      this.#settle(fresh, [{ entry, resolve, reject }], Promise.resolve(appended));
    });
  }

  #wait(queue: ChannelQueue, entry: HistoryEntry): Promise<HistoryReceipt> {
    this.#pending += 1;
    return new Promise((resolve, reject) => {
      queue.waiting.push({ entry, resolve, reject });
      if (queue.waiting.length === 1) queueMicrotask(() => this.#next(queue)); // what one turn publishes is one append
    });
  }

  #next(queue: ChannelQueue): void {
    while (queue.waiting.length > 0 && queue.inProgress < MAX_IN_PROGRESS) {
      const batch = queue.waiting.splice(0, MAX_BATCH);
      try {
        const appended = this.#history.append(batch.map(({ entry }) => entry));
        this.#settle(queue, batch, Promise.resolve(appended));
      } catch (cause) {
        this.#settle(queue, batch, Promise.reject(cause));
      }
    }
  }

  #settle(queue: ChannelQueue, batch: readonly Waiter[], appended: Promise<readonly HistoryReceipt[]>): void {
    queue.inProgress += 1;
    const before = queue.last;
    queue.last = appended
      .then(
        (receipts) => async () => {
          await before;
          for (const [index, { resolve, reject }] of batch.entries()) {
            const receipt = receiptOf(receipts, index);
            if (receipt) resolve(receipt);
            else reject(noReceipt());
          }
        },
        (cause: unknown) => async () => {
          await before;
          for (const { reject } of batch) reject(cause);
        },
      )
      .then((pass) => {
        queue.inProgress -= 1;
        this.#pending -= batch.length;
        this.#next(queue);
        return pass();
      })
      .then(() => this.#forget(queue, batch));
  }

  #forget(queue: ChannelQueue, [first]: readonly Waiter[]): void {
    const channel = first?.entry.envelope.channel;
    if (
      channel !== undefined &&
      queue.waiting.length === 0 &&
      queue.inProgress === 0 &&
      this.#queues.get(channel) === queue
    )
      this.#queues.delete(channel);
  }
}

function only(receipts: readonly HistoryReceipt[]): HistoryReceipt {
  const receipt = receiptOf(receipts, 0);
  if (!receipt) throw noReceipt();
  return receipt;
}

/** A history is the app's own: what it returns may be anything. */
function receiptOf(receipts: readonly HistoryReceipt[], index: number): HistoryReceipt | undefined {
  return Array.isArray(receipts) ? (receipts as readonly HistoryReceipt[])[index] : undefined;
}

function noReceipt(): TypeError {
  return new TypeError("The history returned no receipt for an entry. Return an array of one receipt per entry.");
}
