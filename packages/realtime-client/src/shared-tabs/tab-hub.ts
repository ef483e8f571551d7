import type { ClientFrame, ConnectedFrame, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import { openDecoded } from "../connection/frame-decoder.js";
import type { Identity } from "../connection/renewal.js";
import type { IRealtimeTransport, TransportLink } from "../realtime-transport.js";
import { LinkOwner, type TabPerson } from "./link-owner.js";
import { PacedFrames, type TabFrame } from "./paced-frames.js";
import type { TabBus, TabMessage } from "./tab-message.js";

/** Refusals from before gate 2: an existing subscription of the channel continues. */
const BEFORE_GATE_2: ReadonlySet<WireError["code"]> = new Set(["RATE_LIMITED", "OVERLOADED", "FRAME_INVALID"]);

/** The dependencies of a hub. */
export interface TabHubDeps {
  readonly transport: IRealtimeTransport;
  readonly bus: TabBus;
  readonly clock: ClientClock;
  /** Receives why the real link failed, where that is known. */
  readonly onError: (cause: unknown) => void;
}

/** The leader's side: one real link, shared by the links of all tabs. */
export class TabHub {
  readonly #deps: TabHubDeps;
  readonly #bus: TabBus;
  /** The channels that each link has subscribed to, with the `ask` of each. */
  readonly #members = new Map<string, Map<string, string | undefined>>();
  readonly #requests = new Map<string | undefined, TabFrame>();
  #real: TransportLink | undefined;
  #queue: PacedFrames | undefined;
  #owner: LinkOwner | undefined;
  #connected: ConnectedFrame | undefined;

  constructor(deps: TabHubDeps) {
    this.#deps = deps;
    this.#bus = deps.bus;
  }

  /** Opens a link; false where it is open already, or belongs to another identity. */
  open(opening: Extract<TabMessage, { readonly kind: "open" }>): boolean {
    const { link } = opening;
    if (this.#members.has(link)) return false;
    if (this.#owner?.is(opening) === false) {
      this.#bus.send({ kind: "alone", link });
      return false;
    }
    this.#members.set(link, new Map());
    this.pulse(link);
    if (this.#connected) this.#sendTo(link, this.#connected);
    else this.#real ??= this.#connect(opening);
    return true;
  }

  /** Replies whether the link is in this leader's table. */
  pulse(link: string): void {
    this.#bus.send({ kind: this.#members.has(link) ? "alive" : "over", link });
  }

  send(link: string, frame: ClientFrame): void {
    const channels = this.#members.get(link);
    if (!channels) return;
    if (frame.type === "unsubscribe") return this.#leave(link, frame.channel);
    if (frame.type === "subscribe") {
      channels.set(frame.channel, JSON.stringify(frame.ask));
      const asks = [...this.#members.values()].flatMap((of) => of.get(frame.channel) ?? []);
      if (new Set(asks).size > 1) return this.#separate(link); // a connection has one `ask` for a channel
    }
    if ("id" in frame) this.#requests.set(frame.id, { link, frame });
    this.#queue?.push(link, frame);
  }

  /** A link has ended, or its tab has died. */
  close(link: string): void {
    for (const channel of this.#members.get(link)?.keys() ?? []) this.#leave(link, channel);
    this.#members.delete(link);
    this.#queue?.drop(link);
    if (this.#members.size === 0) this.#end();
  }

  #connect(person: TabPerson): TransportLink {
    this.#owner = new LinkOwner(person);
    const { transport, clock, onError } = this.#deps;
    const isOurs = () => this.#real === real;
    const request = { url: person.url, token: person.token };
    const real = openDecoded(transport, request, {
      onFrame: (frame) => isOurs() && this.#receive(frame),
      onClose: (code, error) => isOurs() && this.#over(code, error),
      onError: (cause) => isOurs() && onError(cause),
    });
    this.#queue = new PacedFrames(clock, (frame) => real.send(frame));
    return real;
  }

  #receive(frame: ServerFrame): void {
    this.#queue?.flush();
    switch (frame.type) {
      case "connected":
        this.#connected = frame;
        return this.#sendAll(frame);
      case "reply":
        return this.#onReply(frame);
      case "message":
        return this.#sendAll(frame, frame.channel);
      case "left":
        return this.#lose(frame.channel, frame);
      case "expiring": // one new token is enough for all
      case "error":
        return [...this.#members.keys()].slice(0, 1).forEach((link) => this.#sendTo(link, frame));
      default:
        return this.#sendAll(frame);
    }
  }

  #onReply(reply: ReplyFrame): void {
    const request = this.#requests.get(reply.id);
    if (!request) return;
    this.#requests.delete(reply.id);
    if (!reply.ok && reply.error.code === "TOO_MANY_SUBSCRIPTIONS" && this.#members.size > 1)
      return this.#separate(request.link);
    this.#sendTo(request.link, reply);
    if (request.frame.type === "subscribe" && !reply.ok) this.#refuse(request.link, request.frame.channel, reply.error);
    if (request.frame.type === "refresh" && reply.ok)
      this.#identify(request.link, request.frame.token, reply.result as Identity);
  }

  /** One connection cannot hold the channels of all, or not with the `ask` of each: this tab gets its own. */
  #separate(link: string): void {
    if (!this.#members.has(link)) return;
    this.#bus.send({ kind: "alone", link });
    this.close(link);
  }

  /** A link's subscribe was refused; the other links shared that subscription. */
  #refuse(link: string, channel: string, error: WireError): void {
    if (!BEFORE_GATE_2.has(error.code)) return this.#lose(channel, { type: "left", channel, error }, link);
    if (this.#isRequestedBy(link, channel)) return;
    const own = this.#members.get(link);
    if (own?.delete(channel) && !this.#isWanted(channel)) own.set(channel, undefined); // the server may have it: its unsubscribe has to be sent
  }

  /** Where the user has changed, the other tabs reconnect, each with its own identity. */
  #identify(link: string, token: string | undefined, identity: Identity): void {
    const before = this.#connected;
    if (!before) return;
    this.#connected = { ...before, ...identity };
    if (before.userId === identity.userId) return this.#owner?.learn(token);
    this.#owner?.become(token);
    for (const other of [...this.#members.keys()])
      if (other !== link) {
        this.close(other);
        this.#bus.send({ kind: "over", link: other });
      }
  }

  #leave(link: string, channel: string): void {
    if (this.#members.get(link)?.delete(channel) !== true) return;
    if (!this.#isWanted(channel)) this.#queue?.push(link, { type: "unsubscribe", channel });
  }

  /** The server has ended a subscription; a link with a new subscribe waits for its reply. */
  #lose(channel: string, frame: ServerFrame, except?: string): void {
    for (const [link, channels] of this.#members)
      if (!this.#isRequestedBy(link, channel) && channels.delete(channel) && link !== except) this.#sendTo(link, frame);
  }

  #isWanted(channel: string): boolean {
    return [...this.#members.values()].some((channels) => channels.has(channel));
  }

  #isRequestedBy(link: string, channel: string): boolean {
    const open = [...this.#requests.values()];
    return open.some(({ link: by, frame }) => by === link && frame.type === "subscribe" && frame.channel === channel);
  }

  /** The real link is closed: each tab reconnects after its own back-off, and the first of them opens another. */
  #over(code?: number, error?: WireError): void {
    for (const link of this.#members.keys()) this.#bus.send({ kind: "over", link, code, error });
    this.#members.clear();
    this.#end();
  }

  #end(): void {
    const real = this.#real;
    this.#queue?.close();
    this.#real = this.#queue = this.#owner = this.#connected = undefined;
    this.#requests.clear();
    real?.close();
  }

  #sendTo(link: string, frame: ServerFrame): void {
    this.#bus.send({ kind: "receive", link, frame });
  }

  #sendAll(frame: ServerFrame, channel?: string): void {
    for (const [link, channels] of this.#members)
      if (channel === undefined || channels.has(channel)) this.#sendTo(link, frame);
  }
}
