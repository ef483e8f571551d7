import { createRealtimeClient, type RealtimeClient } from "@repo/realtime-client";
import { auto } from "@repo/realtime-client/auto";
import { indexedDbOutbox, type IndexedDbOutbox } from "@repo/realtime-client/outbox";
import { sharedTabs } from "@repo/realtime-client/shared-tabs";
import { pathOf } from "../../base-path";
import { isKeptOnBoard } from "@repo/tasks/ui";
import type { AppChannels } from "../../live/app-channels";
import { pageInspector } from "../../live/page-inspector";
import { BrowserPlug } from "./browser-plug";

/** The board's client, and the plug that it hangs on. */
export interface BoardClient {
  readonly client: RealtimeClient<AppChannels>;
  readonly plug: BrowserPlug;
  /** Changes of the board that outlive the page; none on the server. */
  readonly outbox: IndexedDbOutbox | undefined;
}

const clients = new Map<string, BoardClient>();

/** The one client of this page's board; tabs of the same person share its connection, and each has a plug of its own. */
export function boardClient(viewerId: string): BoardClient {
  const known = clients.get(viewerId);
  if (known) return known;
  const plug = new BrowserPlug();
  const transports = [plug.on(sharedTabs(auto(), { name: `fourgate ${viewerId}` }))] as const;
  const isBrowser = typeof window !== "undefined";
  const outbox = isBrowser ? indexedDbOutbox({ identity: viewerId, keep: isKeptOnBoard }) : undefined;
  const options = { url: pathOf("/realtime"), transports, debug: pageInspector() };
  const made = { plug, outbox, client: createRealtimeClient<AppChannels>({ ...options, ...(outbox && { outbox }) }) };
  if (isBrowser) clients.set(viewerId, made); // a server renders for many people, and connects for none
  return made;
}
