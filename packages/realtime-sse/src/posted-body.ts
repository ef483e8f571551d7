import type { Clock } from "@repo/core-realtime";

/** A POST's body, or why there is none. */
export type PostedBody = Uint8Array | "too large" | "never came whole" | "already read";

/** Until when a body is waited for. */
export interface BodyWait {
  readonly maxBytes: number;
  /** Calls once where the stream that the POST belongs to has ended; returns the undo. */
  readonly onStreamEnd: (run: () => void) => () => void;
}

const BODY_MS = 10_000; // for at most 256 KiB

/** The body, or "never came whole" when its time is over, its stream has ended or it was cut. Never rejects. */
export async function waitForBody(
  read: Promise<PostedBody>,
  { onStreamEnd }: BodyWait,
  clock: Clock,
): Promise<PostedBody> {
  return new Promise<PostedBody>((resolve) => {
    const settle = (body: PostedBody) => {
      cancel();
      undo();
      resolve(body);
    };
    const giveUp = () => settle("never came whole");
    const cancel = clock.after(BODY_MS, giveUp);
    const undo = onStreamEnd(giveUp);
    read.then(settle, giveUp);
  });
}
