// Numbers that go with the server's own; in a file without imports, so that a bundler can write them where they are used.

/** An attempt that takes longer is aborted: the server's gate 1 replies within 10 s, a longer wait has no reply. */
export const OPEN_LIMIT_MS = 15_000;

/** A shorter life of a connection counts as a failed attempt, or a server that closes at once is called in a tight loop. */
export const STABLE_MS = 10_000;

/** The pause before a new attempt where the server refused for a while and sent no time: the server's shortest ban is 10 s. */
export const AWAY_MS = 30_000;

/** Client messages that may wait: more than a user sends during a short loss of the network. */
export const MAX_LETTERS = 100;

/** Beyond it the server closes the connection. */
export const MAX_FRAME_BYTES = 65_536;

/** What the server takes together with the request that opens a connection. */
export const MAX_FIRST_FRAMES = 16;
export const MAX_FIRST_BYTES = 4_096;

/** The server remembers an id for 120 s; after that a resend might run twice. */
export const REMEMBERED_MS = 110_000;

/** The server takes 20 client messages a second … */
export const MESSAGES_PER_MS = 18 / 1000;

/** … and twice as many at once; a client that exceeds that three times is closed, so a queue that empties must not look like a flood. */
export const BURST = 36;
