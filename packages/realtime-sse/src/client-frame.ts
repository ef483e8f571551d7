import type { ReplyFrame } from "@repo/core-realtime";
import { markAt, type PositionMark } from "./positions.js";

/** The type that a frame of a client claims to have. */
export function claimedType(frame: unknown): unknown {
  return typeof frame === "object" && frame !== null && "type" in frame ? frame.type : undefined;
}

/** The position at which the reply to a subscribe leaves its reader. The gateway wrote the result; its shape is checked because a reply's type is `unknown`. */
export function markOf(reply: ReplyFrame): PositionMark | undefined {
  if (!reply.ok || typeof reply.result !== "object" || reply.result === null) return undefined;
  const { result } = reply;
  if (!("channel" in result) || !("position" in result)) return undefined;
  const { channel, position } = result;
  if (typeof channel !== "string" || typeof position !== "object" || position === null) return undefined;
  if (!("epoch" in position) || !("offset" in position)) return undefined;
  const { epoch, offset } = position;
  return typeof epoch === "string" && typeof offset === "number"
    ? markAt({ channel, since: { epoch, offset } }, true)
    : undefined;
}
