type Task = () => Promise<void> | void;

interface QueuedTask {
  readonly task: Task;
  /** The channel whose order the task keeps; undefined: it only waits for barriers. */
  readonly channel: string | undefined;
  readonly isBarrier: boolean;
}

/**
 * The frames of one session in their order: per channel one at a time, channels independent of each other. A barrier waits for all that
 * came before it, and all that comes later waits for the barrier. A task that throws is reported, and the queue continues.
 */
export class SessionQueue {
  readonly #report: (cause: unknown) => void;
  /** The channel with a task in progress, where there is one such channel only and nothing waits for it: almost always. */
  #only: string | undefined;
  /** All others: per channel with a task in progress, the tasks that wait for it. */
  #channels: Map<string, QueuedTask[]> | undefined;
  #behindBarrier: QueuedTask[] = [];
  #isBarrierRunning = false;
  #open = 0; // tasks in progress, and those that wait for one of their channel
  #waiting = 0;

  constructor(report: (cause: unknown) => void) {
    this.#report = report;
  }

  /** Tasks that have not begun. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Begins at once where neither a task of the channel nor a barrier is in progress. */
  push(channel: string, task: Task): void {
    this.#take({ task, channel, isBarrier: false });
  }

  /** Begins at once where there is no barrier, whatever is in progress. */
  pushUnordered(task: Task): void {
    this.#take({ task, channel: undefined, isBarrier: false });
  }

  /** Begins when nothing is in progress any more; nothing begins until it has ended. */
  pushBarrier(task: Task): void {
    this.#take({ task, channel: undefined, isBarrier: true });
  }

  #take(queued: QueuedTask): void {
    const isBlocked = this.#isBarrierRunning || this.#behindBarrier.length > 0 || (queued.isBarrier && this.#open > 0);
    if (!isBlocked) return this.#start(queued);
    this.#waiting += 1;
    this.#behindBarrier.push(queued);
  }

  #start(queued: QueuedTask): void {
    const { channel, isBarrier } = queued;
    this.#open += 1;
    this.#isBarrierRunning = isBarrier;
    if (channel === undefined) return this.#run(queued);
    const others = this.#channels?.get(channel);
    if (others || channel === this.#only) return this.#wait(channel, queued, others);
    if (this.#only === undefined) this.#only = channel;
    else (this.#channels ??= new Map()).set(channel, []);
    this.#run(queued);
  }

  #wait(channel: string, queued: QueuedTask, others: QueuedTask[] | undefined): void {
    this.#waiting += 1;
    if (others) return void others.push(queued);
    this.#only = undefined;
    (this.#channels ??= new Map()).set(channel, [queued]);
  }

  #run(queued: QueuedTask): void {
    try {
      const pending = queued.task();
      if (!pending) return this.#ended(queued); // a synchronous task costs no promise
      pending.then(
        () => this.#ended(queued),
        (cause: unknown) => this.#failed(queued, cause),
      );
    } catch (cause) {
      this.#failed(queued, cause);
    }
  }

  #failed(queued: QueuedTask, cause: unknown): void {
    this.#report(cause);
    this.#ended(queued);
  }

  #ended({ channel, isBarrier }: QueuedTask): void {
    this.#open -= 1;
    if (isBarrier) this.#isBarrierRunning = false;
    if (channel === undefined) return this.#drain();
    if (channel === this.#only) {
      this.#only = undefined;
      return this.#drain();
    }
    const next = this.#channels?.get(channel)?.shift();
    if (next) {
      this.#waiting -= 1;
      return this.#run(next);
    }
    this.#channels?.delete(channel);
    this.#drain();
  }

  /** Begins what waits behind barriers, up to the next one that has to wait. */
  #drain(): void {
    if (this.#behindBarrier.length === 0) return;
    for (let next = this.#behindBarrier[0]; next && !this.#isBarrierRunning; next = this.#behindBarrier[0]) {
      if (next.isBarrier && this.#open > 0) return;
      this.#behindBarrier.shift();
      this.#waiting -= 1;
      this.#start(next);
    }
  }
}
