import { randomInt } from "node:crypto";
import type { ServerFrame } from "@repo/core-realtime";
import { FIRST_FINAL_CLOSE_CODE } from "@repo/core-realtime/server";
import { controlField } from "./event-text.js";

const COME_BACK_MS = 5_000; // a browser that lost its stream tries again within this, and not all browsers at once
const STAY_AWAY_MS = 3_600_000; // 45xx: a page that closes its EventSource, as it should, never tries

/** Sets when a browser's own EventSource reconnects: at a random moment, so that the clients do not all reconnect at once. */
export function retryWithin(windowMs = COME_BACK_MS): string {
  return controlField("retry", String(randomInt(Math.ceil(Math.max(windowMs, 1))) + 1));
}

/** The `retry` field of a frame, where it affects reconnecting. */
export function retryFor(frame: ServerFrame): string {
  if (frame.type === "draining") return retryWithin(frame.windowMs);
  if (frame.type === "close" && frame.closeCode >= FIRST_FINAL_CLOSE_CODE)
    return controlField("retry", String(Math.ceil(frame.error.retryAfterMs ?? STAY_AWAY_MS)));
  return "";
}
