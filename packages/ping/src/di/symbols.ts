/** What the handlers of this feature are called in traces. */
export const pingHandlers = {
  onRealtimePing: "ping.on-realtime-ping",
  // <gen:realtime-handler-symbols>
} as const;
