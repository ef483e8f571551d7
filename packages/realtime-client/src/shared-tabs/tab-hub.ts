import type {
  ClientFrame,
  ConnectedFrame,
  RealtimeErrorCode,
  ReplyFrame,
  ServerFrame,
  WireError,
} from "@repo/core-realtime";
import type { IRealtimeTransport, TransportLink } from "../realtime-transport.js";
import { LinkOwner, type TabPerson } from "./link-owner.js";
import type { TabBus, TabMessage } from "./tab-message.js";

/** Refusals that are said before gate 2 looks at a subscribe: what the server had joined, it has joined still. */
const BEFORE_GATE_2: ReadonlySet<RealtimeErrorCode> = new Set(["RATE_LIMITED", "OVERLOADED", "FRAME_INVALID"]);

interface Asked {
  readonly link: string;
  readonly frame: ClientFrame;
}

/** The leader's part: one real link, which the links of all tabs share. */
export class TabHub {
  readonly #transport: IRealtimeTransport;
  readonly #bus: TabBus;
  /** Each link with the channels that it has asked for. */
  readonly #members = new Map<string, Set<string>>();
  readonly #asked = new Map<string | undefined, Asked>();
  #real: TransportLink | undefined;
  #owner: LinkOwner | undefined;
  #welcome: ConnectedFrame | undefined;

  constructor(transport: IRealtimeTransport, bus: TabBus) {
    this.#transport = transport;
    this.#bus = bus;
  }

  /** A link is wanted; false where it is known already, or not for this one. */
  open(wish: Extract<TabMessage, { readonly kind: "open" }>): boolean {
    const { link } = wish;
    if (this.#members.has(link)) return false;
    if (this.#owner?.is(wish) === false) {
      this.#bus.say({ kind: "alone", link });
      return false;
    }
    this.#members.set(link, new Set());
    if (this.#welcome) this.#tell(link, this.#welcome);
    else this.#real ??= this.#connect(wish);
    return true;
  }

  say(link: string, frame: ClientFrame): void {
    const channels = this.#members.get(link);
    if (!channels) return;
    if (frame.type === "unsubscribe") return this.#leave(link, frame.channel);
    if (frame.type === "subscribe") channels.add(frame.channel);
    if ("id" in frame) this.#asked.set(frame.id, { link, frame });
    this.#real?.send(frame);
  }

  /** A link has ended, or its tab has died. */
  bye(link: string): void {
    for (const channel of this.#members.get(link) ?? []) this.#leave(link, channel);
    this.#members.delete(link);
    if (this.#members.size === 0) this.#end();
  }

  #connect(person: TabPerson): TransportLink {
    const { url, token } = person;
    this.#owner = new LinkOwner(person);
    const real = this.#transport.open(
      { url, token },
      {
        onFrame: (frame) => this.#real === real && this.#hear(frame),
        onClose: (code, error) => this.#real === real && this.#over(code, error),
      },
    );
    return real;
  }

  #hear(frame: ServerFrame): void {
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
        for (const link of this.#members.keys()) return this.#tell(link, frame);
        return;
      default:
        return this.#tellAll(frame);
    }
  }

  #answer(reply: ReplyFrame): void {
    const asked = this.#asked.get(reply.id);
    if (!asked) return;
    this.#asked.delete(reply.id);
    this.#tell(asked.link, reply);
    if (asked.frame.type === "subscribe" && !reply.ok) this.#refuse(asked.link, asked.frame.channel, reply.error);
    if (asked.frame.type === "refresh" && reply.ok)
      this.#identify(asked.link, asked.frame.token, reply.result as Identity);
  }

  /** A link's question was refused; the others stood on the same subscription. */
  #refuse(link: string, channel: string, error: WireError): void {
    if (!BEFORE_GATE_2.has(error.code)) return this.#lose(channel, { type: "left", channel, error }, link);
    if (this.#isAskedBy(link, channel)) return;
    const own = this.#members.get(link);
    if (own?.delete(channel) && !this.#isWanted(channel)) own.add(channel); // the server may have it: its unsubscribe has to get there
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
    this.#real = this.#owner = this.#welcome = undefined;
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

interface Identity {
  readonly userId: string | null;
  readonly expiresAt?: number | undefined;
}
