// map-reply-store.ts
import type { ClaimOutcome, IReplyStore, KeptReply, MessageClaim, MessageKey } from "fourgate";

type Row = { readonly claim: string; readonly until: number } | { readonly reply: string; readonly until: number };

/** Replies in a map that several nodes of one process share. A real store claims with one conditional write. */
export class MapReplyStore implements IReplyStore {
  readonly #rows = new Map<string, Row>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  claim(key: MessageKey, { id, ms }: MessageClaim): ClaimOutcome {
    const row = this.#row(key);
    if (row && "reply" in row) return { kind: "done", reply: row.reply };
    if (row) return { kind: "running" };
    this.#rows.set(nameOf(key), { claim: id, until: this.#now() + ms });
    return { kind: "new" };
  }

  settle(key: MessageKey, claimId: string, { reply, keepMs }: KeptReply): void {
    if (this.#isCurrent(key, claimId)) this.#rows.set(nameOf(key), { reply, until: this.#now() + keepMs });
  }

  release(key: MessageKey, claimId: string): void {
    if (this.#isCurrent(key, claimId)) this.#rows.delete(nameOf(key));
  }

  close(): void {
    this.#rows.clear();
  }

  /** A claim that has expired is nobody's: its node was given up, and another one may run the message. */
  #row(key: MessageKey): Row | undefined {
    const row = this.#rows.get(nameOf(key));
    return row && row.until > this.#now() ? row : undefined;
  }

  #isCurrent(key: MessageKey, claimId: string): boolean {
    const row = this.#row(key);
    return row !== undefined && "claim" in row && row.claim === claimId;
  }
}

function nameOf({ userId, channel, messageId }: MessageKey): string {
  return JSON.stringify([userId, channel, messageId]); // any text may be in each: no separator is safe
}
