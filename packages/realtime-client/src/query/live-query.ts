import type { ChannelState } from "../channel/channel-state.js";
import { ListenerSet } from "../listeners.js";
import { refusal } from "../realtime-refusal.js";
import { reportCause } from "../report-error.js";
import { digest } from "./digest.js";
import type { Query } from "./table-query.js";
import type { NamedQuery, QueryNode, Row } from "./query-node.js";
import { PENDING, type PreloadedQuery, type QuerySnapshot } from "./query-snapshot.js";
import { patchRows, type Operation } from "./row-patch.js";

const MAX_HAVE = 500; // rows that a subscribe states; beyond it the complete result is the shorter message

/** The result of one query, kept up to date for all its listeners. */
export interface LiveQuery {
  /** The query, as it is sent. */
  readonly query: QueryNode | NamedQuery;
  /** The rows as the server has sent them; `snapshot` also has what is pending here. */
  rows: readonly Row[];
  /** The columns that identify a row. */
  key: readonly string[];
  /** Its rows as they stand. */
  snapshot: QuerySnapshot;
  /** The one with listeners, of all with an equal query; this one where none has any. */
  readonly shared: LiveQuery;
  /** Calls the listener with what is known, and whenever it changes. Listeners of equal queries share a subscription. Returns the undo. */
  watch(change: (snapshot: QuerySnapshot) => void): () => void;
  /** Shows rows that a server has read for a page, where nothing is known yet. */
  preload(rows: Pick<PreloadedQuery, "rows" | "key">): void;
  /** Shows the rows, with what is pending. */
  show(news: Partial<QuerySnapshot>): void;
}

/** What the server sends: an opening, which has a `key`, or the payload of an event. */
interface Piece extends Partial<Pick<QuerySnapshot, "isStale" | "isTruncated">> {
  readonly key?: readonly string[];
  readonly rows: readonly Row[];
  readonly patch?: readonly Operation[];
}

/** Makes the result of a query; nothing is sent before `watch`. */
export function createLiveQuery({ queries, node, json }: Pick<Query, "queries" | "node" | "json">): LiveQuery {
  const { byJson } = queries;
  const listeners = new ListenerSet<{ readonly change: (snapshot: QuerySnapshot) => void }>(reportCause);
  let stated: readonly Row[] = []; // the `have` of the last subscribe
  let isAnew = false; // the complete result is awaited, since something did not fit
  let end: (() => void) | undefined;

  /** Subscribes under a name of its own: what is still on its way for an earlier subscription must not reach this one. */
  const start = (): void => {
    const channel = queries.client.channel.raw<Piece>(`live-query.${digest(Math.random())}`, {
      ask() {
        stated = isAnew || live.rows[MAX_HAVE] ? [] : live.rows;
        return { query: node, have: stated[0] && stated.map(digest) };
      },
    });
    end = channel.subscribe({
      change: follow,
      opening: (opening) => receive(opening as Piece), // the wire
      message: ({ payload }) => receive(payload),
    });
    follow(channel.state);
  };

  const follow = ({ status, error }: ChannelState<unknown>): void => {
    const { snapshot } = live;
    if (status !== "subscribed" && (error || snapshot !== PENDING))
      // `subscribed` is shown with the opening
      live.show({ status, error, isStale: snapshot.isStale || snapshot.status === "subscribed" });
  };

  const receive = (piece: Piece): void => {
    try {
      take(piece);
    } catch (cause) {
      end?.();
      if (isAnew) live.show({ status: "refused", error: refusal("PAYLOAD_INVALID") });
      else {
        isAnew = true;
        start(); // the rows stay until the complete result is here
      }
      throw cause;
    }
  };

  const take = ({ key, rows, patch, ...news }: Piece): void => {
    if (patch) live.rows = patchRows(key ? stated : live.rows, patch);
    else if (key) {
      const known = new Map(live.rows.map((row) => [JSON.stringify(row), row]));
      live.rows = rows.map((row) => known.get(JSON.stringify(row)) ?? row);
    }
    live.key = key ?? live.key;
    isAnew = false;
    live.show(key ? { isTruncated: false, ...news, status: "subscribed", isStale: false, error: undefined } : news);
  };

  const live: LiveQuery = {
    query: node,
    rows: [],
    key: [],
    snapshot: PENDING,
    get shared() {
      return byJson.get(json) ?? live;
    },
    watch(change) {
      const { shared } = live;
      if (shared !== live) {
        if (live.snapshot !== PENDING) shared.preload(live);
        return shared.watch(change);
      }
      byJson.set(json, live);
      const undo = listeners.add({ change });
      if (!end) start();
      change(live.snapshot);
      return () => {
        undo();
        setTimeout(() => {
          if (listeners.size || !end) return; // a page that renders anew came back at once, or it has ended already
          byJson.delete(json);
          end = void end?.();
        });
      };
    },
    preload({ rows, key }) {
      if (live.snapshot !== PENDING) return;
      live.rows = rows;
      live.key = key;
      live.show({});
    },
    show(news) {
      live.snapshot = { ...live.snapshot, ...news, rows: queries.overlay?.(live) ?? live.rows };
      listeners.emit("change", live.snapshot);
    },
  };
  return live;
}
