/** Sends one batch; resolves when it was taken, with false where all is over. */
export type Post = (body: string) => Promise<boolean>;

const MAX_CHARS = 64 * 1024; // the server takes four times as many bytes, and no character of a string has more than three
const MAX_FRAMES = 100; // as many as the server takes

/** Frames on their way by POST: one request at a time, which keeps their order; what comes meanwhile goes together. */
export function createPostQueue(post: Post): (frame: object) => void {
  const waiting: string[] = [];
  let isPosting = false;
  const run = async (): Promise<void> => {
    isPosting = true;
    await Promise.resolve(); // what is sent in this turn of the event loop goes together
    while (waiting.length > 0 && (await post(`[${takeBatch(waiting).join()}]`)));
    isPosting = false;
  };
  return (frame) => {
    waiting.push(JSON.stringify(frame));
    if (!isPosting) void run();
  };
}

/** Takes as much as one POST may hold, and one frame at least. */
export function takeBatch(waiting: string[]): string[] {
  let chars = 0;
  const end = waiting.findIndex((text, index) => (chars += text.length) + index > MAX_CHARS && index > 0);
  return waiting.splice(0, Math.min(end < 0 ? waiting.length : end, MAX_FRAMES));
}
