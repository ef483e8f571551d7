import { refuse } from "@repo/core-realtime";
// eslint-disable-next-line realtime/imports-go-down -- queries are tested against real gates
import { createRealtime, InMemoryRealtimeServer, type RealtimeOptions } from "@repo/core-realtime/server";
import type { Row, QueryNode } from "../query/query-node.js";
import { liveQueryChannel, recordsChannel } from "./query-channels.js";
import { patchBetween, patchFrom } from "./reference-patch.js";
import { findRows } from "./reference-query.js";

/** An open query: what its subscriber has been sent. */
interface Open {
  readonly query: QueryNode;
  shown: readonly Row[];
  readonly send: (event: string, payload: object) => Promise<unknown>;
}

/** One change of a mutation, as it is sent. */
type Change = { readonly table: string; readonly expect?: { readonly version: number } } & (
  | { readonly op: "create"; readonly row: Row }
  | { readonly op: "update"; readonly id: unknown; readonly set: Row }
  | { readonly op: "delete"; readonly id: unknown }
);

/** A real node with the two channels of live queries over tables in memory, whose rows have an `id` and a `version`. */
export class FakeDatabase {
  readonly server = new InMemoryRealtimeServer();
  readonly tables = new Map<string, readonly Row[]>();
  /** What each subscribe stated, in order. */
  readonly subscribes: { readonly key: string; readonly have: readonly string[] | undefined }[] = [];
  /** The ids of mutations that have been carried out. */
  readonly mutations: string[] = [];
  /** Mutations wait for this before anything is done. */
  before: Promise<unknown> | undefined;
  /** Openings have no more rows. */
  maxRows = Infinity;
  /** Called between a join and its opening. */
  onOpening: (() => void) | undefined;
  /** Returned instead of a correct opening. */
  opening: unknown;
  readonly #open = new Map<string, Open>();
  readonly #replies = new Map<string, (Row | null)[]>();

  async start(options: Partial<RealtimeOptions> = {}): Promise<this> {
    const authenticator = { authenticate: () => ({ userId: "mia", roles: [], sessionId: "s" }) };
    const { registry, serve } = createRealtime({ authenticator, ...options });
    registry.register(liveQueryChannel, {
      opening: async ({ params: { key }, connectionId, ask: { query, have }, send, signal }) => {
        this.subscribes.push({ key, have });
        const node = query as unknown as QueryNode;
        if (!this.tables.has(node.table)) refuse(liveQueryChannel, "QUERY_REFUSED", { why: `no table ${node.table}` });
        const shown = this.find(node);
        const name = `${connectionId} ${key}`;
        signal.addEventListener("abort", () => this.#open.delete(name));
        this.#open.set(name, { query: node, shown, send: send as Open["send"] });
        this.onOpening?.();
        if (this.opening !== undefined) return this.opening;
        if (have) return { key: ["id"], patch: patchFrom(have, shown) };
        const rows = shown.slice(0, this.maxRows);
        return { key: ["id"], rows, ...(rows.length < shown.length && { isTruncated: true }) };
      },
      closing: ({ address, connectionId }) => void this.#open.delete(`${connectionId} ${address.params.key}`),
    });
    registry.register(recordsChannel, async ({ event, payload }) => {
      if (event === "fetch") return { rows: [...this.find(payload.query as unknown as QueryNode)] };
      await this.before;
      const { id } = payload;
      const rows = this.#replies.get(id) ?? this.#carryOut(payload.changes as unknown as Change[]);
      if (!this.#replies.has(id)) this.mutations.push(id);
      this.#replies.set(id, rows);
      await this.publish();
      return { rows };
    });
    await serve(this.server);
    return this;
  }

  get openQueries(): number {
    return this.#open.size;
  }

  find(query: QueryNode): readonly Row[] {
    return findRows(this.tables.get(query.table) ?? [], query);
  }

  /** Replaces a table, and sends the changes to all subscribers. */
  async set(table: string, rows: readonly Row[]): Promise<void> {
    this.tables.set(table, rows);
    await this.publish();
  }

  async publish(): Promise<void> {
    for (const open of this.#open.values()) {
      const rows = this.find(open.query);
      const patch = patchBetween(open.shown, rows);
      open.shown = rows;
      if (patch.length > 0) await open.send("patch", { patch });
    }
  }

  /** Sends any event to all subscribers. */
  async send(event: string, payload: object): Promise<void> {
    for (const open of [...this.#open.values()]) await open.send(event, payload);
  }

  #carryOut(changes: readonly Change[]): (Row | null)[] {
    const before = new Map(this.tables);
    try {
      return changes.map((change, index) => this.#change(change, index));
    } catch (cause) {
      for (const [table, rows] of before) this.tables.set(table, rows);
      throw cause;
    }
  }

  #change(change: Change, index: number): Row | null {
    const rows = this.tables.get(change.table);
    if (!rows)
      return refuse(recordsChannel, "CHANGE_REFUSED", {
        change: index,
        fault: "forbidden",
        why: `no table ${change.table}`,
      });
    if (change.op === "create") {
      const row: Row = { id: `${rows.length + 1}`, version: 1, madeBy: "database", ...change.row };
      if (row.body === "forbidden")
        refuse(recordsChannel, "CHANGE_REFUSED", { change: index, fault: "invalid", why: "no" });
      if (rows.some(({ id }) => id === row.id))
        refuse(recordsChannel, "CHANGE_REFUSED", { change: index, fault: "duplicate", why: "exists" });
      this.tables.set(change.table, [...rows, row]);
      return row;
    }
    const row = rows.find(({ id }) => id === change.id);
    if (!row || (change.expect && change.expect.version !== row.version))
      return refuse(recordsChannel, "CONFLICT", { row: row ?? null, change: index });
    const next = change.op === "update" ? { ...row, ...change.set, version: Number(row.version) + 1 } : undefined;
    this.tables.set(
      change.table,
      rows.flatMap((one): readonly Row[] => (one !== row ? [one] : next ? [next] : [])),
    );
    return next ?? null;
  }
}
