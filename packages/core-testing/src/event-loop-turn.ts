/** One turn of the event loop: every promise that can settle has settled, and sockets have been read. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
