import { startLive, type PageConnection } from "@repo/live-ui-client";
import { showTransport, type Transport } from "./transport-pill.js";
import { logReplies, logRequests } from "./wire-log.js";

const wanted = transportOf(new URL(location.href).searchParams.get("transport"));

showTransport(wanted);
logRequests();
startLive(wanted === "ajax" ? {} : { connect });

async function connect(): Promise<PageConnection> {
  const [{ createRealtimeClient }, { auto }, { ws }, { sse }, { realtimeConnection }] = await Promise.all([
    import("@repo/realtime-client"),
    import("@repo/realtime-client/auto"),
    import("@repo/realtime-client/ws"),
    import("@repo/realtime-client/sse"),
    import("@repo/live-ui-client/connection"),
  ]);
  const transport = { ws, sse, auto }[wanted === "ajax" ? "auto" : wanted]();
  const client = createRealtimeClient({ url: "/realtime", transports: [transport] });
  showTransport(wanted, client);
  return logReplies(realtimeConnection(client));
}

/** `?transport=` of the page's URL, for comparison; otherwise the best that works. */
function transportOf(text: string | null): Transport {
  return text === "ajax" || text === "sse" || text === "ws" ? text : "auto";
}
