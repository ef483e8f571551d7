import type { MessageFrame } from "@repo/core-realtime";
import { MAX_LETTERS } from "../limits.js";

/** A message without a reply, as it is kept. */
export interface KeptMessage {
  readonly identity: string;
  readonly frame: Pick<MessageFrame, "channel" | "event" | "payload"> & { readonly id: string };
  /** When it was published, later than any before it. */
  readonly at: number;
  /** Since when it may have been sent. */
  readonly sentAt?: number | undefined;
}

/** The browser's parts that a store needs. */
export interface BrowserStorage {
  /** Default: the global one. */
  readonly indexedDB?: IDBFactory | undefined;
  /** Shows which pages are still there; default: `navigator.locks`. */
  readonly locks?: Pick<LockManager, "request" | "query"> | undefined;
}

/** Messages in IndexedDB. Those of this page are no other page's for as long as it lives. */
export interface MessageStore {
  /** What pages of this identity left behind, in their order, and now this page's. */
  readonly claimed: readonly KeptMessage[];
  /** Writes these messages, or removes them; rejects where the browser keeps nothing. */
  readonly write: (messages: readonly KeptMessage[], isRemoval?: boolean) => Promise<unknown>;
}

const NAME = "fourgate-outbox";

/** Opens the store and claims what is left in it. A page that is gone is one whose lock is free. */
export async function openMessageStore(
  identity: string,
  { indexedDB = globalThis.indexedDB, locks = navigator.locks }: BrowserStorage,
): Promise<MessageStore> {
  const owner = NAME + Math.random();
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.result.createObjectStore(NAME);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const within = <Result>(
    act: (store: IDBObjectStore) => IDBRequest<Result> | undefined,
  ): Promise<Result | undefined> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(NAME, "readwrite");
      const request = act(transaction.objectStore(NAME));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  const write: MessageStore["write"] = (messages, isRemoval) =>
    within<undefined>((store) => {
      for (const message of messages)
        if (isRemoval) store.delete(message.frame.id);
        else store.put({ ...message, owner }, message.frame.id);
      return undefined;
    });

  // before the claim: whoever claims later sees that this page is there, and until then it has written nothing
  await new Promise<void>((resolve, reject) => {
    const hold = () => new Promise<never>(() => resolve());
    locks.request(owner, hold).catch(reject);
  });
  const claimed = await locks.request(NAME, async () => {
    const { held = [] } = await locks.query();
    const all = (await within<(KeptMessage & { readonly owner: string })[]>((store) => store.getAll())) ?? [];
    const left = all
      .filter((message) => message.identity === identity && !held.some(({ name }) => name === message.owner))
      .sort((a, b) => a.at - b.at)
      .slice(0, MAX_LETTERS); // the next page takes what is more
    await write(left);
    return left;
  });
  return { claimed, write };
}
