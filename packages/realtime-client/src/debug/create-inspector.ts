import { browserClock, type ClientClock } from "../browser-clock.js";
import type { ChannelState } from "../channel/channel-state.js";
import type { ClientDebug, ClientParts } from "../client-debug.js";
import type { ConnectionState } from "../connection/connection-state.js";
import type { Connection } from "../connection/create-connection.js";
import { ListenerSet } from "../listeners.js";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { reportCause } from "../report-error.js";
import { GateOutcomes, type GateOutcome } from "./gate-outcomes.js";
import { withoutToken, type InspectedFrame } from "./inspected-frame.js";
import { inspectedTransport } from "./inspected-transport.js";

const MAX_FRAMES = 200;

/** How a client is inspected. */
export interface InspectorOptions {
  /** Writes each frame and each state of the connection; `true`: to `console.debug`. Default: nothing is written. */
  readonly log?: boolean | ((sentence: string, detail: unknown) => void);
  /** The clock of delays; default: the browser's. */
  readonly clock?: ClientClock;
}

/** A channel of the client, as it stands. */
export interface InspectedChannel extends Pick<ChannelState, "status" | "position" | "error" | "isStale"> {
  /** The concrete name. */
  readonly name: string;
  /** How many listen. */
  readonly listeners: number;
}

/** A message without a reply. */
export interface InspectedMessage {
  /** The id that the reply carries. */
  readonly id: string;
  /** The concrete name. */
  readonly channel: string;
  /** The event; undefined where the channel has one schema. */
  readonly event: string | undefined;
  /** It was sent on this connection; else it waits. */
  readonly isSent: boolean;
}

/** What goes through a client; pass it as `debug`. */
export interface ClientInspector extends ClientDebug {
  /** The state of the connection. */
  readonly state: ConnectionState;
  /** The name of the transport in use. */
  readonly transport: string | undefined;
  /** The last round trip of a heartbeat. */
  readonly latencyMs: number | undefined;
  /** The channels that have listeners. */
  readonly channels: readonly InspectedChannel[];
  /** The messages without a reply, in their order. */
  readonly queue: readonly InspectedMessage[];
  /** The last 200 frames, the oldest first. */
  readonly frames: readonly InspectedFrame[];
  /** The last 200 decisions of gates, the oldest first. */
  readonly outcomes: readonly GateOutcome[];
  /** The link is cut by `cut(true)`. */
  readonly isCut: boolean;
  /** How long each frame waits, by `slow`. */
  readonly delayMs: number;
  /** Cuts the link, and lets none open until `cut(false)`. */
  cut(isCut: boolean): void;
  /** Delays each frame by so many ms, in either direction. */
  slow(delayMs: number): void;
  /** Calls back after each frame and each change; returns the undo. */
  watch(listener: () => void): () => void;
}

/**
 * Makes an inspector of one client.
 * @example
 * const inspector = createInspector({ log: true });
 * const client = createRealtimeClient({ url: "/realtime", debug: inspector });
 */
export function createInspector({ log = false, clock = browserClock }: InspectorOptions = {}): ClientInspector {
  const frames: InspectedFrame[] = [];
  const outcomes: GateOutcome[] = [];
  const gates = new GateOutcomes();
  const links = new Set<() => void>();
  const watchers = new ListenerSet<{ readonly change: () => void }>(reportCause);
  const write = typeof log === "function" ? log : log ? writeToConsole : undefined;
  let connection: Pick<Connection, "state" | "link" | "dispatch"> | undefined;
  let parts: ClientParts | undefined;
  let isCut = false;
  let delayMs = 0;
  let number = 0;

  const note = (direction: "in" | "out", seen: InspectedFrame["frame"], transport: string): void => {
    const frame = withoutToken(seen);
    number += 1;
    const inspected = { number, at: Date.now(), direction, transport, frame };
    keep(frames, inspected);
    const outcome = gates.read(inspected);
    if (outcome) keep(outcomes, outcome);
    write?.(`realtime ${direction === "in" ? "←" : "→"} ${frame.type}`, frame);
    watchers.emit("change");
  };
  const control = {
    clock,
    isCut: () => isCut,
    delayMs: () => delayMs,
    onFrame: note,
    onLink(cut: () => void) {
      links.add(cut);
      return () => links.delete(cut);
    },
  };
  const wrap = (transport: IRealtimeTransport) => inspectedTransport(transport, control);

  return {
    transports: ([first, ...others]) => [wrap(first), ...others.map(wrap)],
    attach(made, madeOf) {
      connection = made;
      parts = madeOf;
      parts.watchers.add({
        change() {
          write?.(`realtime: ${made.state.status}`, made.state);
          watchers.emit("change");
        },
      });
    },
    get state() {
      return connection?.state ?? { status: "idle" };
    },
    get transport() {
      return connection?.link?.transport;
    },
    get latencyMs() {
      return connection?.link?.latencyMs;
    },
    get channels() {
      return [...(parts?.table.byName ?? [])].map(([name, { state, listeners }]) => {
        const { status, position, error, isStale } = state;
        return { name, listeners: listeners.size, status, position, error, isStale };
      });
    },
    get queue() {
      return [...(parts?.outbox.waiting ?? [])].map(({ frame: { id, channel, event }, isOut = false }) => {
        return { id, channel, event, isSent: isOut && connection?.state.status === "connected" };
      });
    },
    frames,
    outcomes,
    get isCut() {
      return isCut;
    },
    get delayMs() {
      return delayMs;
    },
    cut(isNowCut) {
      isCut = isNowCut;
      if (isCut) for (const cut of [...links]) cut();
      else connection?.dispatch({ type: "wake" });
      watchers.emit("change");
    },
    slow(ms) {
      delayMs = Math.max(0, ms);
      watchers.emit("change");
    },
    watch: (change) => watchers.add({ change }),
  };
}

/** Adds to a list of the last 200. */
function keep<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > MAX_FRAMES) list.shift();
}

function writeToConsole(sentence: string, detail: unknown): void {
  console.debug(sentence, detail);
}
