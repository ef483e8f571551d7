import type {
  HistoryEntry,
  HistoryPage,
  HistoryPolicy,
  HistoryQuery,
  HistoryReceipt,
  RealtimePosition,
  SealedEnvelope,
} from "@repo/core-realtime";
import { expect, onTestFinished } from "vitest";
import type { HistoryUnderTest, MakeHistory } from "./history-under-test";

export const CHANNEL = "contract.logs.1";

/** A history under test and one channel's policy: shorter calls for the cases. */
export class Archive {
  readonly under: HistoryUnderTest;
  readonly policy: HistoryPolicy;

  private constructor(under: HistoryUnderTest, policy: HistoryPolicy) {
    this.under = under;
    this.policy = policy;
  }

  static async open(make: MakeHistory, policy: Partial<HistoryPolicy> = {}): Promise<Archive> {
    const under = await make();
    onTestFinished(async () => {
      await under.history.close();
      await under.close?.();
    });
    return new Archive(under, { size: 1_000, ttlMs: 60_000, ...policy });
  }

  async append(text: string, more: { readonly channel?: string; readonly key?: string } = {}): Promise<HistoryReceipt> {
    const { channel = CHANNEL, key } = more;
    const [receipt] = await this.appendAll([{ text, channel, key }]);
    if (!receipt) throw new Error("append returned no receipt");
    return receipt;
  }

  /** Appends several in one call. */
  async appendAll(
    messages: readonly { readonly text: string; readonly channel?: string; readonly key?: string | undefined }[],
  ): Promise<readonly HistoryReceipt[]> {
    return this.appendEntries(
      messages.map(({ text, channel = CHANNEL, key }) => ({
        envelope: envelopeOf(channel, text),
        policy: this.policy,
        idempotencyKey: key,
      })),
    );
  }

  /** The receipts; where the store numbers later than it acknowledges, with the positions that it has given by then. */
  async appendEntries(entries: readonly HistoryEntry[]): Promise<readonly HistoryReceipt[]> {
    const receipts = await this.under.history.append(entries);
    if (receipts.every(({ kind, position }) => kind === "unkept" || position)) return receipts;
    await this.under.numbered?.();
    const channels = [...new Set(entries.map(({ envelope }) => envelope.channel))];
    const pages = await Promise.all(channels.map(async (channel) => this.read({ kind: "last", count: 300 }, channel)));
    const placed = new Map(pages.flatMap(({ messages }) => messages.map(({ id, position }) => [id, position])));
    return receipts.map((receipt) =>
      "id" in receipt ? { ...receipt, position: receipt.position ?? placed.get(receipt.id) } : receipt,
    );
  }

  /** Appends "1" to "count", one after the other; returns the position of the last. */
  async fill(count: number): Promise<RealtimePosition> {
    for (let n = 1; n <= count; n += 1) await this.append(String(n));
    return this.position();
  }

  async read(query: HistoryQuery, channel = CHANNEL): Promise<HistoryPage> {
    return this.under.history.read(channel, query, this.policy);
  }

  async since(since: RealtimePosition, limit = 300): Promise<HistoryPage> {
    return this.read({ kind: "since", since, limit });
  }

  async last(count: number, after?: RealtimePosition): Promise<readonly string[]> {
    return textsOf(await this.read({ kind: "last", count, ...(after && { after }) }));
  }

  async position(channel = CHANNEL): Promise<RealtimePosition> {
    const page = await this.read({ kind: "position" }, channel);
    expect(page).toEqual({
      position: { epoch: expect.any(String), offset: expect.any(Number) },
      complete: true,
      messages: [],
    });
    return page.position ?? { epoch: "", offset: -1 };
  }
}

/** An envelope as a broadcaster would pass it. */
export function envelopeOf(channel: string, text: string): SealedEnvelope {
  const id = crypto.randomUUID();
  return { id, channel, event: "message", json: JSON.stringify({ text }), at: 1, sender: { type: "system" } };
}

/** The texts of a page, oldest first. */
export function textsOf({ messages }: HistoryPage): readonly string[] {
  return messages.map(({ json = "{}" }) => {
    const payload: unknown = JSON.parse(json);
    return typeof payload === "object" && payload !== null && "text" in payload ? String(payload.text) : "";
  });
}

/** "first" to "last", counted. */
export function numbers(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, n) => String(first + n));
}

/** The position in a receipt. */
export function placeOf({ position }: HistoryReceipt): RealtimePosition {
  return position ?? { epoch: "", offset: -1 };
}
