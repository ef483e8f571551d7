/** One lane per row: a mutation is told to the server when those before it on the same row are answered. */
export class CommitLanes {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Begins at once where the lane is free. */
  run<Reply>(lane: string, commit: () => Promise<Reply>): Promise<Reply> {
    const before = this.#tails.get(lane);
    const reply = before ? before.then(commit, commit) : commit();
    this.#tails.set(lane, reply);
    const leave = () => {
      if (this.#tails.get(lane) === reply) this.#tails.delete(lane);
    };
    reply.then(leave, leave);
    return reply;
  }
}
