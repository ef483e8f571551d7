/** One turn of the event loop: every promise that can settle has settled, and sockets had their say. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
