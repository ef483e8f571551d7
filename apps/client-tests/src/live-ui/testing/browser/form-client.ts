import { startLive } from "@repo/live-ui-client";
import { realtimeConnection } from "@repo/live-ui-client/connection";
import { createRealtimeClient } from "@repo/realtime-client";

declare global {
  interface Window {
    /** What actions have failed with. */
    failures?: unknown[];
  }
}

const failures: unknown[] = [];
startLive({
  connect: async () => realtimeConnection(createRealtimeClient({ url: "/realtime", random: () => 0.1 })), // back soon: no other client is here
  onError: (failure) => failures.push(failure),
});
window.failures = failures;
