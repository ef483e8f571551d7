/** How long the HTTP server waits for a request to arrive; without these, a silent one holds its socket for minutes. */
export const HTTP_LIMITS = {
  headersTimeout: 10_000, // as long as gate 1 waits; Node's own is a minute
  requestTimeout: 30_000, // a form of 16 KiB over the worst of networks
  connectionsCheckingInterval: 1_000, // Node looks every 30 s otherwise, and lets the above slip by as much
} as const;
