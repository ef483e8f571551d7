import type { ClientFrame, ConnectedFrame, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import { openDecoded } from "../connection/frame-decoder.js";
import type { Identity } from "../connection/renewal.js";
import type { IRealtimeTransport, TransportLink } from "../realtime-transport.js";
import { LinkOwner, type TabPerson } from "./link-owner.js";
import { PacedFrames, type TabFrame } from "./paced-frames.js";
import type { TabBus, TabMessage } from "./tab-message.js";

/** Refusals that are said before gate 2 looks at a subscribe: what the server had joined, it has joined still. */
const BEFORE_GATE_2: ReadonlySet<WireError["code"]> = new Set(["RATE_LIMITED", "OVERLOADED", "FRAME_INVALID"]);

/** What a hub stands on. */
export interface TabHubDeps {
  readonly transport: IRealtimeTransport;
  readonly bus: TabBus;
  readonly clock: ClientClock;
  /** Why the real link fails, where the transport knows. */
  readonly onError: (cause: unknown) => void;
}

/** The leader's part: one real link, which the links of all tabs share. */
export class TabHub {
  readonly #deps: TabHubDeps;
  readonly #bus: TabBus;
  /** Each link with the channels that it has asked for, and the `ask` of each. */
  readonly #members = new Map<string, Map<string, string | undefined>>();
  readonly #asked = new Map<string | undefined, TabFrame>();
  #real: TransportLink | undefined;
  #queue: PacedFrames | undefined;
  #owner: LinkOwner | undefined;
  #welcome: ConnectedFrame | undefined;

  constructor(deps: TabHubDeps) {
    this.#deps = deps;
    this.#bus = deps.bus;
  }

  /** A link is wanted; false where it is known already, or not for this one. */
  open(wish: Extract<TabMessage, { readonly kind: "open" }>): boolean {
    const { link } = wish;
    if (this.#members.has(link)) return false;
    if (this.#owner?.is(wish) === false) {
      this.#bus.say({ kind: "alone", link });
      return false;
    }
    this.#members.set(link, new Map());
    this.pulse(link);
    if (this.#welcome) this.#tell(link, this.#welcome);
    else this.#real ??= this.#connect(wish);
    return true;
  }

  /** A link wants to know whether we are there. */
  pulse(link: string): void {
    this.#bus.say({ kind: this.#members.has(link) ? "alive" : "over", link });
  }

  say(link: string, frame: ClientFrame): void {
    const channels = this.#members.get(link);
    if (!channels) return;
    if (frame.type === "unsubscribe") return this.#leave(link, frame.channel);
    if (frame.type === "subscribe") {
      channels.set(frame.channel, JSON.stringify(frame.ask));
      const asks = [...this.#members.values()].flatMap((of) => of.get(frame.channel) ?? []);
      if (new Set(asks).size > 1) return this.#part(link); // a connection has one `ask` for a channel
    }
    if ("id" in frame) this.#asked.set(frame.id, { link, frame });
    this.#queue?.push(link, frame);
  }

  /** A link has ended, or its tab has died. */
  bye(link: string): void {
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
      onFrame: (frame) => isOurs() && this.#hear(frame),
      onClose: (code, error) => isOurs() && this.#over(code, error),
      onError: (cause) => isOurs() && onError(cause),
    });
    this.#queue = new PacedFrames(clock, (frame) => real.send(frame));
    return real;
  }

  #hear(frame: ServerFrame): void {
    this.#queue?.flush();
    switch (frame.type) {
      case "connected":
        this.#welcome = frame;
        return this.#tellAll(frame);
      case "reply":
        return this.#answer(frame);
      case "message":
        return this.#tellAll(frame, frame.channel);
      case "left":
        return this.#lose(frame.channel, frame);
      case "expiring": // one new token is enough for all
      case "error":
        return [...this.#members.keys()].slice(0, 1).forEach((link) => this.#tell(link, frame));
      default:
        return this.#tellAll(frame);
    }
  }

  #answer(reply: ReplyFrame): void {
    const asked = this.#asked.get(reply.id);
    if (!asked) return;
    this.#asked.delete(reply.id);
    if (!reply.ok && reply.error.code === "TOO_MANY_SUBSCRIPTIONS" && this.#members.size > 1)
      return this.#part(asked.link);
    this.#tell(asked.link, reply);
    if (asked.frame.type === "subscribe" && !reply.ok) this.#refuse(asked.link, asked.frame.channel, reply.error);
    if (asked.frame.type === "refresh" && reply.ok)
      this.#identify(asked.link, asked.frame.token, reply.result as Identity);
  }

  /** One connection does not hold the channels of all, or not with the `ask` of each: this tab gets another. */
  #part(link: string): void {
    if (!this.#members.has(link)) return;
    this.#bus.say({ kind: "alone", link });
    this.bye(link);
  }

  /** A link's question was refused; the others stood on the same subscription. */
  #refuse(link: string, channel: string, error: WireError): void {
    if (!BEFORE_GATE_2.has(error.code)) return this.#lose(channel, { type: "left", channel, error }, link);
    if (this.#isAskedBy(link, channel)) return;
    const own = this.#members.get(link);
    if (own?.delete(channel) && !this.#isWanted(channel)) own.set(channel, undefined); // the server may have it: its unsubscribe has to get there
  }

  /** Where it is somebody else from now on, the other tabs come back, each as who it is by then. */
  #identify(link: string, token: string | undefined, identity: Identity): void {
    const before = this.#welcome;
    if (!before) return;
    this.#welcome = { ...before, ...identity };
    if (before.userId === identity.userId) return this.#owner?.learn(token);
    this.#owner?.become(token);
    for (const other of [...this.#members.keys()])
      if (other !== link) {
        this.bye(other);
        this.#bus.say({ kind: "over", link: other });
      }
  }

  #leave(link: string, channel: string): void {
    if (this.#members.get(link)?.delete(channel) !== true) return;
    if (!this.#isWanted(channel)) this.#real?.send({ type: "unsubscribe", channel });
  }

  /** The server has ended a subscription; one who has asked anew will be answered. */
  #lose(channel: string, frame: ServerFrame, knows?: string): void {
    for (const [link, channels] of this.#members)
      if (!this.#isAskedBy(link, channel) && channels.delete(channel) && link !== knows) this.#tell(link, frame);
  }

  #isWanted(channel: string): boolean {
    return [...this.#members.values()].some((channels) => channels.has(channel));
  }

  #isAskedBy(link: string, channel: string): boolean {
    const open = [...this.#asked.values()];
    return open.some(({ link: by, frame }) => by === link && frame.type === "subscribe" && frame.channel === channel);
  }

  /** The real link has gone: each tab comes back in its own time, the first of them opens another. */
  #over(code?: number, error?: WireError): void {
    for (const link of this.#members.keys()) this.#bus.say({ kind: "over", link, code, error });
    this.#members.clear();
    this.#end();
  }

  #end(): void {
    const real = this.#real;
    this.#queue?.close();
    this.#real = this.#queue = this.#owner = this.#welcome = undefined;
    this.#asked.clear();
    real?.close();
  }

  #tell(link: string, frame: ServerFrame): void {
    this.#bus.say({ kind: "hear", link, frame });
  }

  #tellAll(frame: ServerFrame, channel?: string): void {
    for (const [link, channels] of this.#members)
      if (channel === undefined || channels.has(channel)) this.#tell(link, frame);
  }
}
