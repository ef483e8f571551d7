import type { Schema } from "@repo/core-realtime";

/** Bytes of JSON that a message of a SQL channel may have. */
export const MAX_PAYLOAD_BYTES = 64 * 1024;

/** Any JSON that a policy can read: `jsonb` holds neither U+0000 nor half a surrogate pair. */
export const jsonPayload: Schema = {
  "~standard": {
    version: 1,
    vendor: "realtime-postgres",
    validate(value) {
      const message = problemOf(value);
      return message === undefined ? { value } : { issues: [{ message }] };
    },
  },
};

function problemOf(value: unknown): string | undefined {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_PAYLOAD_BYTES) return `${bytes} bytes of JSON; at most ${MAX_PAYLOAD_BYTES} are taken`;
  return UNREADABLE.test(text) ? "U+0000 and halves of surrogate pairs cannot be stored" : undefined;
}

/** As `JSON.stringify` writes them; an escaped backslash before them makes them plain text. */
const UNREADABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;
