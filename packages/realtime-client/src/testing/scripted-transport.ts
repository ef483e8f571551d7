import type { ClientFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { IRealtimeTransport, LinkEvents, TransportRequest } from "../realtime-transport.js";

/** One link of a scripted transport: what the client sent, and what the test emits. */
export class ScriptedLink {
  readonly request: TransportRequest;
  readonly sent: ClientFrame[] = [];
  isClosedByClient = false;
  readonly #events: LinkEvents;

  constructor(request: TransportRequest, events: LinkEvents) {
    this.request = request;
    this.#events = events;
  }

  emit(frame: ServerFrame): void {
    this.#events.onFrame(frame);
  }

  /** The network connection is open; gate 1 has not replied yet. */
  open(): void {
    this.#events.onOpen?.();
  }

  /** Gate 1 was passed. */
  welcome(userId: string | null = "mia"): void {
    this.emit({ type: "connected", protocol: 1, connectionId: "c1", userId, pingMs: 25_000 });
  }

  /** Replies to the last frame of a type. */
  reply(type: ClientFrame["type"], result?: unknown): void {
    this.emit({ type: "reply", id: this.#lastId(type), ok: true, result });
  }

  refuse(type: ClientFrame["type"], error: WireError): void {
    this.emit({ type: "reply", id: this.#lastId(type), ok: false, error });
  }

  break(code?: number, error?: WireError): void {
    this.#events.onClose(code, error);
  }

  /** The transport reports what prevents a connection. */
  report(cause: unknown): void {
    this.#events.onError?.(cause);
  }

  /** What was sent of one kind. */
  of<Type extends ClientFrame["type"]>(type: Type): readonly Extract<ClientFrame, { readonly type: Type }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { readonly type: Type }> => frame.type === type);
  }

  #lastId(type: ClientFrame["type"]): string | undefined {
    const frame = this.of(type).at(-1);
    if (!frame || !("id" in frame)) throw new Error(`No ${type} was requested; sent: ${JSON.stringify(this.sent)}`);
    return frame.id;
  }
}

/** A transport whose server is the test, for sequences that a real server seldom produces. */
export class ScriptedTransport implements IRealtimeTransport {
  readonly name: string;
  readonly links: ScriptedLink[] = [];

  constructor(name = "scripted") {
    this.name = name;
  }

  /** The link that was opened last. */
  get link(): ScriptedLink {
    const link = this.links.at(-1);
    if (!link) throw new Error("No link was opened.");
    return link;
  }

  open(request: TransportRequest, events: LinkEvents) {
    const link = new ScriptedLink(request, events);
    this.links.push(link);
    return {
      send: (frame: ClientFrame) => void link.sent.push(frame),
      close: () => void (link.isClosedByClient = true),
    };
  }
}

/** A refusal as it stands on the wire. */
export function wireError(code: WireError["code"], rest: Partial<WireError> = {}): WireError {
  return { code, message: code, retry: "never", ...rest };
}
