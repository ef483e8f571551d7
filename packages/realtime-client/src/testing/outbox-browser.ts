import { FakeClock } from "@repo/core-testing";
import { IDBFactory } from "fake-indexeddb";
import { expect, vi } from "vitest";
import { indexedDbOutbox, type IndexedDbOutbox, type IndexedDbOutboxOptions } from "../indexed-db-outbox.js";
import { createRealtimeClient } from "../index.js";
import { FakeBrowser } from "./fake-browser.js";
import { ScriptedTransport } from "./scripted-transport.js";
import type { TestChannels } from "./test-channels.js";

/** The channel whose messages are kept. */
export const BOARD = "boards:1";

/** The name of the database and of its one store. */
export const STORE = "fourgate-outbox";

/** A browser whose pages come and go; their database and its clock stay. */
export function outboxBrowser() {
  const [tabs, indexedDB, clock] = [new FakeBrowser(), new IDBFactory(), new FakeClock()];
  return { clock, indexedDB, openPage };

  /** A page on the board, offline, that keeps what it publishes there. */
  async function openPage(options: Partial<IndexedDbOutboxOptions> = {}) {
    const tab = tabs.openTab();
    const transport = new ScriptedTransport();
    const onError = vi.fn();
    const keep = ({ channel }: { readonly channel: string }) => channel === BOARD;
    const outbox = indexedDbOutbox({ identity: "mia", keep, indexedDB, locks: tab.locks, ...options });
    const client = createRealtimeClient<TestChannels>({
      ...{ url: "/realtime", transports: [transport], clock, random: () => 0.5, onError, outbox },
    });
    const handle = client.channel("boards:{boardId}", { boardId: "1" });
    handle.subscribe(() => undefined);
    await clock.advanceAsync(0);
    const emit = (id: string) => handle.publish("move", { id });
    const sent = () => transport.link.of("message");
    const ids = () => sent().map(({ payload }) => (payload as { readonly id: string }).id);
    const restored = async () => (await outbox.restored).map(({ payload }) => payload);
    return { client, transport, outbox, onError, handle, emit, sent, ids, restored, connect, close: () => tab.die() };

    /** Passes gate 1, and waits until something was written and `count` messages were sent. */
    async function connect(userId: string | null, count: number) {
      transport.link.welcome(userId);
      await vi.waitFor(() => expect(sent().length).toBe(count));
    }
  }
}

/** Waits until all that waits is written. */
export const kept = (page: { readonly outbox: IndexedDbOutbox }) =>
  vi.waitFor(() => expect(page.outbox.isKept()).toBe(true));

/** A further connection to the database of messages. */
export async function databaseOf(indexedDB: IDBFactory): Promise<IDBDatabase> {
  const request = indexedDB.open(STORE);
  await new Promise((resolve) => (request.onsuccess = resolve));
  return request.result;
}
