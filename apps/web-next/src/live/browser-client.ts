import { createRealtimeClient, type RealtimeClient } from "@repo/realtime-client";
import { auto } from "@repo/realtime-client/auto";
import { sharedTabs } from "@repo/realtime-client/shared-tabs";
import { pathOf } from "../base-path";
import type { AppChannels } from "./app-channels";
import { pageInspector } from "./page-inspector";
import { WireTap } from "./wire-tap";

/** The page's client, and what goes over its wire. */
export interface BrowserClient {
  readonly client: RealtimeClient<AppChannels>;
  readonly tap: WireTap;
}

const clients = new Map<string, BrowserClient>();

/** The one client of this page; tabs of the same person share its connection. */
export function browserClient(viewerId: string | undefined): BrowserClient {
  const name = `fourgate ${viewerId ?? ""}`;
  const known = clients.get(name);
  if (known) return known;
  const tap = new WireTap();
  const transports = [tap.on(sharedTabs(auto(), { name }))] as const;
  const made = {
    tap,
    client: createRealtimeClient<AppChannels>({ url: pathOf("/realtime"), transports, debug: pageInspector() }),
  };
  if (typeof window !== "undefined") clients.set(name, made); // a server renders for many people, and connects for none
  return made;
}
