import type { HistoryPage, HistoryQuery } from "../../seams/history.seam.js";

/**
 * A page that leaves room in a reader's buffer. A larger answer would close the reader for being slow, and it would come
 * back and ask for the same, for ever: a gap of that size is given up, and of the last few the newest are handed over.
 */
export function fitPage(page: HistoryPage, { kind }: HistoryQuery, maxBytes: number): HistoryPage {
  const fitting = countFromTheEnd(page, maxBytes);
  if (fitting === page.messages.length) return page;
  if (kind === "since") return { ...page, complete: false, messages: [] };
  return { ...page, messages: page.messages.slice(-Math.max(fitting, 1)) };
}

/** How many of the newest messages fit. */
function countFromTheEnd({ messages }: HistoryPage, maxBytes: number): number {
  let bytes = 0;
  const tooMuch = messages.findLastIndex((message) => (bytes += Buffer.byteLength(JSON.stringify(message))) > maxBytes);
  return messages.length - tooMuch - 1;
}
