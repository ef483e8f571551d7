import type { ServerFrame } from "@repo/core-realtime";
import type { InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { digest } from "@repo/core-realtime/digest";
import type { QueryNode, Row } from "../../query/query-node.js";
import { ShownRows } from "../shown-rows.js";
import { rowsText, type TracedQuery } from "./commit-log.js";

/** A state that a client has shown. */
export interface ShownState {
  readonly text: string;
  /** It was shown after this many commits, at the latest. */
  readonly until: number;
}

export interface FuzzClientOptions {
  readonly server: InMemoryRealtimeServer;
  readonly query: QueryNode;
  readonly traced: TracedQuery;
  /** The commits that have begun. */
  readonly now: () => number;
  /** The states that a client showed before its connection was lost. */
  readonly before?: readonly Row[] | undefined;
}

let channels = 0;

/** A connection with one live query, which records everything that it shows. */
export class FuzzClient {
  readonly query: QueryNode;
  readonly traced: TracedQuery;
  states: ShownState[] = [];
  /** The oldest commit whose state it can show next. */
  from = 0;
  /** A patch that did not fit. */
  fault: unknown;
  readonly #options: FuzzClientOptions;
  readonly #shown = new ShownRows();
  #hangUp: () => void = () => undefined;

  constructor(options: FuzzClientOptions) {
    this.#options = options;
    this.query = options.query;
    this.traced = options.traced;
  }

  get rows(): readonly Row[] {
    return this.#shown.rows;
  }

  get isTruncated(): boolean {
    return this.#shown.isTruncated;
  }

  get isStale(): boolean {
    return this.#shown.isStale;
  }

  get text(): string {
    return rowsText(this.rows);
  }

  /** Resolves with the refusal, where it is refused. */
  open(): Promise<unknown> {
    const { server, before, traced, query } = this.#options;
    const channel = `live-query.f${(channels += 1)}`;
    if (before) this.#shown.rows = before;
    const have = before?.map((row) => digest(JSON.stringify(row)));
    return new Promise((resolve) => {
      const onFrame = (frame: ServerFrame) => {
        if (frame.type === "message") this.#take(() => this.#shown.receive(frame.event, frame.payload));
        if (frame.type !== "reply") return;
        if (!frame.ok) return resolve(frame.error);
        this.#take(() =>
          this.#shown.begin((frame.result as { readonly opening: Parameters<ShownRows["begin"]>[0] }).opening),
        );
        resolve(undefined);
      };
      const handshake = traced.user === undefined ? {} : { token: traced.user };
      const { send, close } = server.connect({ onFrame, onClose: () => resolve("closed") }, handshake);
      this.#hangUp = () => close();
      send({ id: "s", type: "subscribe", channel, ask: { query, ...(have && have.length > 0 && { have }) } });
    });
  }

  hangUp(): void {
    this.#hangUp();
  }

  /** Everything before is checked. */
  restart(): void {
    this.states = [];
    this.from = 0;
  }

  #take(receive: () => void): void {
    const seen = this.#shown.states.length;
    try {
      receive();
    } catch (cause) {
      this.fault ??= cause;
    }
    for (const rows of this.#shown.states.splice(0, this.#shown.states.length).slice(seen))
      this.states.push({ text: rowsText(rows), until: this.#options.now() });
  }
}
