const PREFIX = "ch:"; // no name of a channel can be that of a socket's own room

/** The Socket.IO room of a channel. */
export function roomOf(channel: string): string {
  return PREFIX + channel;
}
