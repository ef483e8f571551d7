import { createRealtimeClient } from "@repo/realtime-client";
import { sse } from "@repo/realtime-client/sse";
import { ws } from "@repo/realtime-client/ws";
import type { LabChannels } from "./lab-channels.js";

/** What an app might run in a worker, module or classic: it has no page, and sends to one over a BroadcastChannel. */
const page = new BroadcastChannel("worker-app");

page.onmessage = ({ data: { url, transport } }) => {
  const client = createRealtimeClient<LabChannels>({
    url,
    transports: [transport === "sse" ? sse() : ws()],
    auth: () => "mia",
  });
  const log = client.channel("logs.{logId}", { logId: "1" });
  log.subscribe(({ payload }) => page.postMessage({ received: payload.n }));
  void log.publish({ note: "from a worker" }).then((replied) => page.postMessage({ replied }));
};

page.postMessage({ globals: { window: typeof window, document: typeof document } });
