import type { ChannelState } from "../channel/channel-state.js";
import { ListenerSet } from "../listeners.js";
import { refusal } from "../realtime-refusal.js";
import { reportCause } from "../report-error.js";
import { digest } from "./digest.js";
import type { Query } from "./query.js";
import type { NamedQuery, QueryNode, Row } from "./query-node.js";
import { PENDING, type PreloadedQuery, type QuerySnapshot } from "./query-snapshot.js";
import { patchRows, type Operation } from "./row-patch.js";

const MAX_HAVE = 500; // rows that a subscribe states; beyond it the complete result is the shorter message

/** The result of one query, kept up to date for all who watch it. */
export interface LiveQuery {
  readonly query: QueryNode | NamedQuery;
  /** The rows as the server has sent them; `snapshot` also has what is pending here. */
  rows: readonly Row[];
  /** The columns that identify a row. */
  key: readonly string[];
  snapshot: QuerySnapshot;
  /** The one that somebody watches, of all with an equal query; this one where nobody does. */
  readonly shared: LiveQuery;
  /** Calls the listener with what is known, and whenever it changes. Who watches an equal query shares its subscription. Returns the undo. */
  watch(change: (snapshot: QuerySnapshot) => void): () => void;
  /** Shows rows that a server has read for a page, where nothing is known yet. */
  preload(rows: Pick<PreloadedQuery, "rows" | "key">): void;
  /** Shows the rows, with what is pending. */
  show(status?: QuerySnapshot["status"], isStale?: boolean, error?: QuerySnapshot["error"]): void;
}

/** What the server sends: an opening, which has a `key`, or the payload of an event. */
interface Piece {
  readonly key?: readonly string[];
  readonly rows: readonly Row[];
  readonly isPartial?: boolean;
  readonly isLast?: boolean;
  readonly patch?: readonly Operation[];
  readonly isStale?: boolean;
}

/** Makes the result of a query; nothing is sent until somebody watches it. */
export function createLiveQuery({ queries, node, json }: Pick<Query, "queries" | "node" | "json">): LiveQuery {
  const { byJson } = queries;
  const listeners = new ListenerSet<{ readonly change: (snapshot: QuerySnapshot) => void }>(reportCause);
  let stated: readonly Row[] = []; // what the last subscribe has said that we have
  let partial: readonly Row[] | undefined; // of a result that arrives in pieces
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
      live.show(status, snapshot.isStale || snapshot.status === "subscribed", error);
  };

  const receive = (piece: Piece): void => {
    try {
      take(piece);
    } catch (cause) {
      end?.();
      if (isAnew) live.show("refused", true, refusal("PAYLOAD_INVALID"));
      else {
        isAnew = true;
        start(); // the rows stay until the complete result is here
      }
      throw cause;
    }
  };

  const take = ({ key, rows, isPartial, isLast = key && !isPartial, patch, isStale }: Piece): void => {
    if (isStale !== undefined) return live.show(undefined, isStale);
    if (key) {
      live.key = key;
      partial = patch ? undefined : [];
    }
    if (patch && !partial) live.rows = patchRows(key ? stated : live.rows, patch);
    else if (patch || !partial) throw refusal("PAYLOAD_INVALID");
    else {
      const known = new Map(live.rows.map((row) => [JSON.stringify(row), row]));
      partial = [...partial, ...rows.map((row) => known.get(JSON.stringify(row)) ?? row)];
      if (isLast || partial.length > live.rows.length) live.rows = partial; // never fewer than are shown
      if (!isLast) return live.show();
    }
    partial = undefined;
    isAnew = false;
    live.show("subscribed", !key && live.snapshot.isStale);
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
      live.show();
    },
    show(status = live.snapshot.status, isStale = live.snapshot.isStale, error) {
      live.snapshot = { rows: queries.overlay?.(live) ?? live.rows, status, isStale, error };
      listeners.emit("change", live.snapshot);
    },
  };
  return live;
}
