import { defineRealtimeChannel, type Schema } from "@repo/core-realtime";

/** What the contract's channels carry. */
export interface RoomText {
  readonly text: string;
}

/** By hand, so that a contract brings no schema library; strict, as inbound schemas must be. */
export const textSchema: Schema<RoomText> = {
  "~standard": {
    version: 1,
    vendor: "contract",
    validate: (value) => (isRoomText(value) ? { value } : { issues: [{ message: "expected { text } and no more" }] }),
  },
};

const roomTexts = { payload: textSchema, inbound: textSchema } as const;

/** For all clients, signed in or not. */
export const lobby = defineRealtimeChannel({ name: "contract.lobby", scope: "public", ...roomTexts });
/** For all signed-in users. */
export const room = defineRealtimeChannel({ name: "contract.rooms.{roomId}", scope: "authenticated", ...roomTexts });
/** For staff. */
export const office = defineRealtimeChannel({ name: "contract.office", scope: { role: "staff" }, ...roomTexts });
/** For one user. */
export const inbox = defineRealtimeChannel({
  name: "contract.inbox.{userId}",
  scope: { userScoped: "userId" },
  ...roomTexts,
});
/** Remembered. */
export const log = defineRealtimeChannel({
  name: "contract.logs.{logId}",
  scope: "authenticated",
  history: { size: 1_000, ttlMs: 60_000 },
  ...roomTexts,
});

/** Of which a slow reader may miss any. */
export const cursors = defineRealtimeChannel({
  name: "contract.cursors",
  scope: "authenticated",
  payload: textSchema,
  overflow: "drop",
});
/** Of which only the latest of each key counts; the key is what stands before the colon. */
export const gauges = defineRealtimeChannel({
  name: "contract.gauges",
  scope: "authenticated",
  payload: textSchema,
  overflow: { conflate: ({ text }) => text.slice(0, text.indexOf(":")) },
});

function isRoomText(value: unknown): value is RoomText {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 1 &&
    "text" in value &&
    typeof value.text === "string"
  );
}
