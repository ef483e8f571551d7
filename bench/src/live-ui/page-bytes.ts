import { createServer } from "node:http";
import { createRealtime, serveNode } from "@repo/core-realtime/server";
import { createLivePages, InMemoryStateStore, type LivePage } from "@repo/live-ui";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { webSocketBytes } from "../byte-formats.js";
import type { Measurement } from "../postgres/measurement.js";
import { portOf } from "../server/port-of.js";
import { BYTE_PAGES, type BytePage } from "./byte-pages.js";
import { liveViewReply, livewireReply } from "./other-formats.js";
import { openPage, PageVisitor } from "./page-visitor.js";

const SECRET = "a secret of the bench, longer than 32 bytes";
const user = "mia";

/** What the reply to an action of each page weighs, beside replies of Livewire and LiveView in their formats. */
export async function bytes(): Promise<readonly Measurement[]> {
  const livewire = BYTE_PAGES.map(({ other }) => Buffer.byteLength(livewireReply(other)));
  const liveView = BYTE_PAGES.map(({ other }) => webSocketBytes(liveViewReply(other)));
  const rows: Measurement[] = [];
  for (const isStored of [true, false])
    for (const format of ["own JSON", "hx-partial"] as const) {
      const ours = await each((page) => bytesOfReply(page, { isStored, format }));
      const ratios = ours.map((count, at) => (livewire[at] ?? 0) / count);
      const isMet = isStored
        ? ratios.every((ratio) => ratio >= 9) && (ratios[1] ?? 0) >= 50
        : ratios.every((ratio) => ratio >= 4);
      rows.push({
        what: `bytes of the reply to an action over HTTP, ${isStored ? "state in a store" : "state in the token, which is counted"}, ${format}: ${NAMES}`,
        ours: listed(ours),
        peer: `Livewire 4: ${listed(livewire)} (${ratios.map((ratio) => ratio.toFixed(1)).join(" / ")} ×)`,
        goal: isStored ? "≥ 9×, and ≥ 50× where a row is appended" : "≥ 4×",
        isMet,
      });
    }
  const frames = await each(framesOf);
  const share = (what: string, ours: readonly number[], goal: string): Measurement => ({
    what: `bytes of the reply over a WebSocket, headers of the frames included, state in a store, ${what}: ${NAMES}`,
    ours: listed(ours),
    peer: `LiveView 1.2: ${listed(liveView)} (${ours.map((count, at) => `${((100 * count) / (liveView[at] ?? 0)).toFixed(0)} %`).join(" / ")})`,
    goal,
    isMet: goal === "" || ours.every((count, at) => count <= 0.65 * (liveView[at] ?? 0)),
  });
  rows.push(share("the message frame", frames.map(({ patch }) => patch), "≤ 65 %")); // prettier-ignore
  rows.push(share("and the frame that acknowledges the action", frames.map(({ patch, reply }) => patch + reply), "")); // prettier-ignore
  rows.push(share("the message frame that first uses a template, with its text", frames.map(({ first }) => first), "")); // prettier-ignore
  return rows;
}

const NAMES = BYTE_PAGES.map(({ other }) => other.name).join(" / ");

interface ReplyKind {
  readonly isStored: boolean;
  readonly format: "own JSON" | "hx-partial";
}

/** The body, and the token where it is a header: other headers are not counted. */
async function bytesOfReply({ page, action, input }: BytePage, { isStored, format }: ReplyKind): Promise<number> {
  const pages = livePages(page(), isStored);
  const url = `http://bench${page().path.text}`;
  const html = await (await pages.fetch(new Request(url, { headers: { authorization: `Bearer ${user}` } }))).text();
  const k = /data-live-token="([^"]*)"/.exec(html)?.[1];
  const accept = "application/vnd.fourgate.live+json";
  const own = { authorization: `Bearer ${user}`, "content-type": "application/json", accept };
  const headers = format === "own JSON" ? own : { ...own, "live-format": "htmx-4" };
  const body = JSON.stringify({ k, r: 1, i: "event-1", a: action, v: input });
  const response = await pages.fetch(new Request(url, { method: "POST", headers, body }));
  const text = await response.text();
  if (response.status !== 200 || text.includes('"e":{')) throw new Error(`The reply was ${response.status} ${text}.`);
  return Buffer.byteLength(text) + (response.headers.get("live-token") ?? "").length;
}

/** The frames that follow an action: of the first, and of one that finds the client with all templates. */
async function framesOf({ page, action, input, before }: BytePage) {
  const pages = livePages(page(before), true);
  const realtime = createRealtime({ authenticator, guards: [pages.guard] });
  pages.bind(realtime.registry);
  const httpServer = createServer(serveNode(pages.fetch));
  await realtime.serve(new WsRealtimeServer({ httpServer }));
  const port = await portOf(httpServer);
  const opened = await openPage({ port, path: page().path.text, user });
  const visitor = await PageVisitor.enter({ port, user }, opened);
  try {
    const first = before === undefined ? undefined : await visitor.act(action, input);
    const { patch, reply } = await visitor.act(action, input);
    return {
      first: webSocketBytes((first ?? { patch }).patch),
      patch: webSocketBytes(patch),
      reply: webSocketBytes(reply),
    };
  } finally {
    visitor.close();
    await realtime.close({ drainMs: 1 });
    pages.close();
    httpServer.closeAllConnections();
    httpServer.close();
  }
}

const authenticator = { authenticate: () => ({ userId: user, roles: [] }) };

function livePages(page: LivePage, isStored: boolean) {
  const store = isStored ? new InMemoryStateStore() : undefined;
  return createLivePages({ pages: [page], secrets: [SECRET], authenticator, store });
}

async function each<T>(measure: (page: BytePage) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (const page of BYTE_PAGES) results.push(await measure(page));
  return results;
}

function listed(counts: readonly number[]): string {
  return counts.map((count) => count.toLocaleString("en")).join(" / ");
}
