import type { RealtimeChannel } from "@repo/core-realtime";
import type { ChannelHandle, ChannelMessage, ChannelState, RealtimeClient } from "@repo/realtime-client";
import {
  CopyLoader,
  OptimisticCollection,
  type CollectionChange,
  type CollectionOptions,
} from "@repo/realtime-client/optimistic";
import { ChannelFollower, type ChannelWanted } from "../channel/channel-follower.js";
import { isNewer, type Preloaded } from "../preloaded.js";
import type { OfChannel } from "../use-kept.js";

type Message = ChannelMessage<RealtimeChannel>;

/** Where a component's rows come from. */
export interface CollectionReading<Row> extends CollectionOptions<Row> {
  readonly preloaded?: Preloaded<readonly Row[]> | undefined;
  readonly read: (message: never) => CollectionChange<Row> | undefined;
  readonly load?: (() => Promise<readonly Row[]>) | undefined;
  readonly onError?: ((cause: unknown) => void) | undefined;
}

/** What is painted of a collection; the same object until something changes. */
export interface CollectionSnapshot<Row> {
  readonly rows: readonly Row[];
  readonly status: "subscribing" | "subscribed" | "refused";
  readonly error: ChannelState["error"];
  readonly position: ChannelState["position"];
  /** Rows may be missing or old: something was missed for good, or the last copy could not be loaded. */
  readonly isStale: boolean;
  /** Why the last copy could not be loaded; a further attempt follows. */
  readonly loadError: unknown;
}

const REPORT = (cause: unknown): void => (globalThis.reportError ?? console.error)(cause); // alone: as a method, a browser's own refuses to run

/** A collection that one component keeps in step with a channel. */
export class CollectionStore<Row> implements OfChannel {
  readonly client: RealtimeClient;
  readonly name: string;
  readonly ask: string | undefined;
  readonly collection: OptimisticCollection<Row>;
  readonly publish: ChannelHandle["publish"];
  readonly #follower: ChannelFollower;
  readonly #reading: Pick<CollectionReading<Row>, "read">;
  readonly #loader: CopyLoader | undefined;
  #change: () => void = () => undefined;
  #taken: Preloaded<readonly Row[]> | undefined;
  #isLoaded: boolean;
  #isStale = false;
  #made: CollectionSnapshot<Row> & { readonly state?: ChannelState<Message> };

  constructor(
    client: RealtimeClient,
    wanted: ChannelWanted,
    { preloaded, read, load, onError = REPORT, ...options }: CollectionReading<Row>,
  ) {
    const { name } = client.channel(wanted.template, wanted.params);
    const fitting = preloaded?.channel === name ? preloaded : undefined;
    const since = fitting?.position;
    this.client = client;
    this.name = name;
    this.#reading = { read };
    this.#taken = fitting;
    this.#follower = new ChannelFollower(client, { ...wanted, options: { ...wanted.options, since } });
    this.ask = this.#follower.ask;
    this.publish = this.#follower.handle.publish;
    const collection = new OptimisticCollection<Row>(options);
    this.collection = collection;
    const copy = async () => {
      const isNewest = await collection.load(load ?? (async () => []));
      if (isNewest) this.#become(false);
    };
    this.#loader = load && new CopyLoader({ load: copy, onError });
    for (const row of fitting?.data ?? []) this.collection.receive({ kind: "put", row });
    this.#isLoaded = fitting !== undefined;
    const { rows } = this.collection;
    this.#made = {
      rows,
      status: "subscribing",
      error: undefined,
      position: since,
      isStale: false,
      loadError: undefined,
    };
    this.firstSnapshot = (
      (first) => () =>
        first
    )(this.#made);
  }

  /** What the server rendered, and so what is rendered first. */
  readonly firstSnapshot: () => CollectionSnapshot<Row>;

  /** Data are waiting for what was published since: subscribe before the components that begin now. */
  readonly arrive = (): (() => void) | undefined => (this.#taken ? this.#follower.holdIfFree() : undefined);

  readonly subscribe = (change: () => void): (() => void) => {
    this.#change = change;
    const unwatch = this.collection.watch(change);
    const stop = this.#follower.subscribe({
      message: (message) => this.#read(message),
      gap: () => this.#isLoaded && this.#lose(),
      change: ({ status }) => {
        if (status === "subscribed" && !this.#isLoaded) this.#copy();
        change();
      },
    });
    return () => {
      stop();
      unwatch();
      this.#loader?.stop();
      const { status } = this.collection.copy;
      if (status === "loading" || status === "failed") this.#isLoaded = false; // who comes back loads again
    };
  };

  readonly snapshot = (): CollectionSnapshot<Row> => {
    const { rows } = this.collection;
    const { state } = this.#follower.handle;
    const { loadError } = this.#freshness;
    const isStale = this.#freshness.isStale || state.isStale === true;
    const made = this.#made;
    if (made.rows !== rows || made.state !== state || made.isStale !== isStale || made.loadError !== loadError) {
      const { error, position = this.firstSnapshot().position } = state;
      const status = state.status === "idle" ? "subscribing" : state.status;
      this.#made = { rows, state, isStale, loadError, error, position, status };
    }
    return this.#made;
  };

  /** The page was rendered anew on the server. Only who has missed something needs it: what came live is as new. */
  readonly renew = (preloaded: Preloaded<readonly Row[]> | undefined): void => {
    if (!this.#freshness.isStale || !isNewer(preloaded, this.#taken) || preloaded.channel !== this.name) return;
    if (!this.#follower.canResume(preloaded.position)) return; // would be stale at once: written into a component, it would render for ever
    this.#taken = preloaded;
    this.#loader?.stop();
    void this.collection.load(async () => preloaded.data);
    this.#become(false);
    this.#follower.resume(preloaded.position);
  };

  #read(message: Message): void {
    const change = this.#reading.read(message as never); // the hook's type has put the two together
    if (change) this.collection.receive(change);
  }

  #lose(): void {
    this.#become(true);
    this.#copy();
  }

  #copy(): void {
    this.#isLoaded = true;
    this.#loader?.start();
  }

  get #freshness(): Pick<CollectionSnapshot<Row>, "isStale" | "loadError"> {
    const { copy } = this.collection;
    const isFailed = copy.status === "failed";
    return { isStale: this.#isStale || isFailed, loadError: isFailed ? copy.error : undefined };
  }

  #become(isStale: boolean): void {
    this.#isStale = isStale;
    this.#change();
  }
}
