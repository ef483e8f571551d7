import type { EnvelopeFrame, RealtimePosition, ReplyFrame } from "@repo/core-realtime";
import { expect } from "vitest";

/** An envelope as a recovery brings it. */
export type Recovered = Omit<EnvelopeFrame, "type">;

/** A reply that is no refusal. */
export function okay(reply: ReplyFrame): Extract<ReplyFrame, { readonly ok: true }> {
  if (!reply.ok) throw new Error(`Refused: ${reply.error.code}.`);
  return reply;
}

/** The position in the reply to a subscribe. */
export function positionOf(reply: ReplyFrame): RealtimePosition {
  return lastPosition([okay(reply).result]);
}

/** The position of the last of these, which must have one. */
export function lastPosition(shown: readonly unknown[]): RealtimePosition {
  const { position } = shown.at(-1) as { readonly position?: RealtimePosition };
  expect(position).toEqual({ epoch: expect.any(String), offset: expect.any(Number) });
  return position as RealtimePosition;
}

/** The messages in the result of a subscribe. */
export function messagesOf(result: unknown): readonly Recovered[] {
  return (result as { readonly messages?: readonly Recovered[] }).messages ?? [];
}
