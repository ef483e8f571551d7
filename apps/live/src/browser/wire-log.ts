import type { PageConnection, WireReply } from "@repo/live-ui-client";

const MAX_LINES = 20;
const MAX_TEXT = 400; // characters of a line
const LIVE_TYPE = "application/vnd.fourgate.live+json";

let total = 0;

/** Lists the replies to actions that are sent by HTTP. */
export function logRequests(): void {
  const send = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const response = await send(...request);
    if (response.headers.get("content-type") === LIVE_TYPE) void response.clone().text().then(add);
    return response;
  };
}

/** Lists what a connection brings. */
export function logReplies(connection: PageConnection): PageConnection {
  return {
    join(channel, page) {
      const onPatch = (reply: WireReply) => {
        add(JSON.stringify(reply));
        page.onPatch(reply);
      };
      return connection.join(channel, { ...page, onPatch });
    },
  };
}

function add(text: string): void {
  const log = document.getElementById("wire");
  const lines = log?.querySelector("[data-lines]");
  const sum = log?.querySelector("[data-total]");
  if (!log || !lines || !sum) return;
  log.hidden = false;
  const bytes = new TextEncoder().encode(text).length;
  total += bytes;
  sum.textContent = `${bytes} bytes, ${total} since the page was loaded`;
  const line = document.createElement("li");
  const code = document.createElement("code");
  code.textContent = text.replace(/"v1\.[\w.-]+"/g, '"v1.…"').slice(0, MAX_TEXT); // a token is long, and not of interest
  line.append(code, ` ${bytes} bytes`);
  lines.prepend(line);
  while (lines.children.length > MAX_LINES) lines.lastElementChild?.remove();
}
