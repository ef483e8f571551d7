import { digest } from "@repo/core-realtime/digest";
import type { LiveQueryOpening } from "./query/live-query-channel.js";
import { QueryRefusal } from "./query/query-refusal.js";
import { patchFromDigests, type KeyedRow } from "./engine/patch.js";

export const MAX_RESULT_BYTES = 400 * 1024; // a reader may have 1 MiB waiting: this, and what changes while it reads

/** Refuses a result that no connection could take. */
export function checkSize(json: string): void {
  if (json.length > MAX_RESULT_BYTES / 4 && Buffer.byteLength(json) > MAX_RESULT_BYTES)
    throw new QueryRefusal(
      `The result has ${Buffer.byteLength(json)} bytes, at most ${MAX_RESULT_BYTES} are sent: select fewer columns or set a limit.`,
    );
}

/** What a new subscriber receives: all rows, or what has changed in those that it has. */
export function openingOf(
  { rows, key, isTruncated }: OpenedRows,
  have: readonly string[] | undefined,
): LiveQueryOpening {
  const texts = rows.map(({ row }) => JSON.stringify(row));
  checkSize(texts.join(","));
  const rest = { key, ...(isTruncated && { isTruncated: true as const }) };
  if (!have) return { ...rest, rows: rows.map(({ row }) => row) };
  return { ...rest, patch: patchFromDigests(have, rows, texts.map(digest)) };
}

interface OpenedRows {
  readonly rows: readonly KeyedRow[];
  readonly key: readonly string[];
  readonly isTruncated: boolean;
}
