import { createRealtimeClient, type RealtimeClient } from "@repo/realtime-client";
import { auto } from "@repo/realtime-client/auto";
import { createInspector, type ClientInspector } from "@repo/realtime-client/debug";
import { indexedDbOutbox, type IndexedDbOutbox } from "@repo/realtime-client/outbox";
import { isKeptOnBoard, type Plug } from "@repo/tasks/ui";
import type { AppChannels } from "../live/app-channels";
import { pathOf } from "../base-path";
import { keepCut, wasCut } from "./kept-cut";

/** The client of one side, and what inspects it and cuts its link. */
export interface PairClient {
  readonly client: RealtimeClient<AppChannels>;
  readonly inspector: ClientInspector;
  readonly plug: Plug;
  /** That person's changes of the board, which outlive the page; none on the server. */
  readonly outbox: IndexedDbOutbox | undefined;
}

const clients = new Map<string, PairClient>();

/** The one client of a person on the first page: with a token in place of the cookie, and a connection that is shared with nobody. */
export function pairClient(userId: string): PairClient {
  const known = clients.get(userId);
  if (known) return known;
  const inspector = createInspector();
  const isBrowser = typeof window !== "undefined";
  const outbox = isBrowser ? indexedDbOutbox({ identity: userId, keep: isKeptOnBoard }) : undefined;
  const client = createRealtimeClient<AppChannels>({
    url: pathOf("/realtime"),
    transports: [auto()],
    auth: () => demoToken(userId),
    debug: inspector,
    ...(outbox && { outbox }),
  });
  const made = { client, inspector, plug: plugOf(inspector), outbox };
  if (!isBrowser) return made; // a server renders for many people, and connects for none
  followCut(userId, inspector);
  clients.set(userId, made);
  return made;
}

/** A cut connection stays cut after a reload. */
function followCut(userId: string, inspector: ClientInspector): void {
  let isKept = wasCut(userId);
  if (isKept) inspector.cut(true);
  inspector.watch(() => {
    if (inspector.isCut === isKept) return;
    isKept = inspector.isCut;
    keepCut(userId, isKept);
  });
}

async function demoToken(userId: string): Promise<string> {
  const response = await fetch(pathOf("/api/demo-token"), { method: "POST", body: userId });
  if (!response.ok) throw new Error(`No demo token: ${await response.text()}`);
  return response.text();
}

/** The switch of the page and the button of the devtools panel cut the same link. */
function plugOf(inspector: ClientInspector): Plug {
  return {
    get isPulled() {
      return inspector.isCut;
    },
    pull: () => inspector.cut(true),
    putBack() {
      inspector.cut(false);
      globalThis.dispatchEvent(new Event("online")); // as a browser reports it: the client connects at once
    },
    watch: (change) => inspector.watch(change),
  };
}
