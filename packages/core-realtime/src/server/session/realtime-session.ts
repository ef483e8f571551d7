import type { ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { GuardSubject } from "../../seams/guard.seam.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { LeaveReason, ListedConnection, ObservedConnection } from "../../seams/observer.seam.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { IRealtimeConnection, IRealtimeServer } from "../../seams/server.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { ChannelTable } from "../delivery/channel-table.js";
import { JoiningSubscription } from "../delivery/joining-subscription.js";
import type { Observers } from "../observers.js";
import { Subscription } from "./subscription.js";

type State = "connecting" | "open" | "closed";
const NO_SUBSCRIPTIONS: ReadonlyMap<string, Subscription> = new Map();

/** What a session needs of its node. */
export interface SessionDeps {
  readonly server: IRealtimeServer;
  readonly channels: ChannelTable;
  readonly observer: Observers;
  /** Milliseconds since 1970, now. */
  readonly since: number;
  /** Called once, whatever ended it. */
  readonly onClosed: (reason: string) => void;
  /** Subscribes in progress for channels that are not joined yet, but for this one. */
  readonly pendingBeside: (name: string) => number;
}

/** The state of one connection: who it is, what it is subscribed to, and whether it is open. */
export class RealtimeSession implements GuardSubject {
  readonly connection: IRealtimeConnection;
  readonly server: IRealtimeServer;
  readonly #deps: SessionDeps;
  #subscriptions: Map<string, Subscription> | undefined; // from the first one on: an empty map weighs 200 bytes
  #handshake: RealtimeHandshake;
  #user: RealtimeUser | null = null;
  #facts: ObservedConnection | undefined;
  #state: State = "connecting";
  #revision = 0;
  #aborter: AbortController | undefined;
  #recovery: Promise<void> | undefined;

  constructor(connection: IRealtimeConnection, handshake: RealtimeHandshake, deps: SessionDeps) {
    this.connection = connection;
    this.server = deps.server;
    this.#handshake = handshake;
    this.#deps = deps;
  }

  get connectionId(): string {
    return this.connection.id;
  }
  get handshake(): RealtimeHandshake {
    return this.#handshake;
  }
  get user(): RealtimeUser | null {
    return this.#user;
  }
  get isOpen(): boolean {
    return this.#state === "open";
  }
  get isClosed(): boolean {
    return this.#state === "closed";
  }
  /** Changes with the identity: a gate that waited in between has to check again. */
  get revision(): number {
    return this.#revision;
  }
  get subscriptions(): ReadonlyMap<string, Subscription> {
    return this.#subscriptions ?? NO_SUBSCRIPTIONS;
  }
  /** What observers receive: frozen, without credentials. */
  get facts(): ObservedConnection {
    if (this.#facts) return this.#facts;
    const { transport, remoteAddress } = this.#handshake;
    const { since } = this.#deps;
    this.#facts = Object.freeze({ connectionId: this.connectionId, user: this.#user, transport, remoteAddress, since });
    return this.#facts;
  }
  /** Aborts when the session has ended. */
  get signal(): AbortSignal {
    this.#aborter ??= new AbortController();
    if (this.isClosed) this.#aborter.abort();
    return this.#aborter.signal;
  }

  /** Gate 1 was passed, or a refresh brought this identity, by these credentials. */
  identify(user: RealtimeUser | null, handshake: RealtimeHandshake = this.#handshake): void {
    this.#user = user;
    this.#handshake = handshake;
    this.#facts = undefined;
    this.#revision += 1;
    if (this.#state === "connecting") this.#state = "open";
  }

  /** Subscriptions beside this channel's, those in progress included. */
  subscriptionsBeside(name: string): number {
    return this.subscriptions.size - (this.subscriptions.has(name) ? 1 : 0) + this.#deps.pendingBeside(name);
  }

  /** One recovery after the other, each when the reader has taken the one before. */
  async inRecoveryOrder<T>(recover: () => Promise<T>): Promise<T> {
    const before = this.#recovery;
    const mine = (async () => {
      await before;
      await this.connection.drained();
      return recover();
    })();
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#recovery = settled;
    return mine.finally(() => {
      if (this.#recovery === settled) this.#recovery = undefined;
    });
  }

  /** Joins; messages of the channel are held until the subscription is released. Throws where the client has gone meanwhile. */
  join(found: ResolvedChannel, ask: unknown, maxHeldBytes: number): Subscription {
    if (!this.isOpen) throw new RealtimeError("TRANSPORT_LOST");
    const { name } = found.address;
    const before = this.subscriptions.get(name);
    const channel = before?.channel ?? this.#deps.channels.open(found);
    const joining = new JoiningSubscription(this, channel, maxHeldBytes);
    const subscription = new Subscription(channel, ask, joining);
    before?.end();
    (this.#subscriptions ??= new Map()).set(name, subscription);
    channel.hold(joining);
    if (before) return subscription;
    this.#deps.channels.joined(channel);
    const { observer } = this.#deps;
    if (observer.isObserved("subscribed"))
      observer.observe({ kind: "subscribed", connection: this.facts, address: found.address });
    return subscription;
  }

  /** Leaves; from its return on nothing of the channel is sent. False where it was not joined. */
  leave(name: string, why: LeaveReason): boolean {
    const subscription = this.subscriptions.get(name);
    if (!subscription) return false;
    const { channel } = subscription;
    const { observer, channels } = this.#deps;
    this.#subscriptions?.delete(name);
    channels.leave(channel, this);
    this.connection.drop(name);
    subscription.end();
    const { address } = channel.found;
    if (observer.isObserved("left")) observer.observe({ kind: "left", connection: this.facts, address, why });
    channel.closed(this, why, observer);
    return true;
  }

  /** Takes a subscription away and sends the client the reason. */
  endSubscription(name: string, error: RealtimeError): void {
    if (this.leave(name, "ended")) this.connection.send({ type: "left", channel: name, error: error.toWire() });
  }

  /** Ends the session: no message leaves after this but the transport's own close frame. */
  end(error: RealtimeError): void {
    if (this.isClosed) return;
    this.#close("ended", error.code);
    this.connection.close(error);
  }

  /** The transport has gone. */
  lost(reason: string): void {
    if (!this.isClosed) this.#close("disconnected", reason);
  }

  /** As `realtime.connections()` lists it. */
  listed(lastActive: number): ListedConnection {
    return { ...this.facts, subscriptions: [...this.subscriptions.keys()], lastActive };
  }

  #close(why: LeaveReason, reason: string): void {
    this.#state = "closed";
    this.#revision += 1;
    for (const name of [...this.subscriptions.keys()]) this.leave(name, why);
    this.#aborter?.abort(new RealtimeError("TRANSPORT_LOST", { detail: reason }));
    this.#deps.onClosed(reason);
  }
}
