import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { GuardSubject } from "../../seams/guard.seam.js";
import type { ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { IRealtimeObserver, LeaveReason } from "../../seams/observer.seam.js";
import type { IRealtimeConnection } from "../../seams/server.seam.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";

type State = "connecting" | "open" | "closed";

/** Who is told of a session's turns. */
export interface SessionWatch {
  readonly observer: IRealtimeObserver;
  /** Called once, whoever ended it. */
  readonly onClosed: (reason: string) => void;
}

/** One connection's standing: who it is, what it is subscribed to, and whether it still lives. */
export class RealtimeSession implements GuardSubject {
  readonly connection: IRealtimeConnection;
  readonly handshake: RealtimeHandshake;
  readonly #watch: SessionWatch;
  readonly #subscriptions = new Map<string, ResolvedChannel>();
  #user: RealtimeUser | null = null;
  #state: State = "connecting";
  #revision = 0;

  constructor(connection: IRealtimeConnection, handshake: RealtimeHandshake, watch: SessionWatch) {
    this.connection = connection;
    this.handshake = handshake;
    this.#watch = watch;
  }

  get connectionId(): string {
    return this.connection.id;
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
  /** Changes whenever rights were taken away: a gate that waited in between must ask again. */
  get revision(): number {
    return this.#revision;
  }
  get subscriptions(): ReadonlyMap<string, ResolvedChannel> {
    return this.#subscriptions;
  }

  /** Gate 1 was passed, or a refresh brought this identity. */
  identify(user: RealtimeUser | null): void {
    this.#user = user;
    this.#revision += 1;
    if (this.#state === "connecting") this.#state = "open";
  }

  /** Joins; a renewed subscription stays as it is. Throws where the client has gone meanwhile. */
  join(found: ResolvedChannel): void {
    const { name } = found.address;
    if (!this.isOpen) throw new RealtimeError("TRANSPORT_LOST");
    const isNew = !this.#subscriptions.has(name);
    this.#subscriptions.set(name, found);
    if (!isNew) return;
    this.connection.join(name);
    this.#watch.observer.observe({ kind: "subscribed", connection: this, address: found.address });
  }

  /** Leaves; from its return on nothing of the channel is sent. False where it was not joined. */
  leave(name: string, why: LeaveReason): boolean {
    const found = this.#subscriptions.get(name);
    if (!found) return false;
    this.#subscriptions.delete(name);
    this.connection.leave(name);
    this.#watch.observer.observe({ kind: "left", connection: this, address: found.address, why });
    return true;
  }

  /** Takes a subscription away and tells the client why. */
  lapse(name: string, error: RealtimeError): void {
    this.#revision += 1;
    if (this.leave(name, "lapsed")) this.connection.send({ type: "left", channel: name, error: error.toWire() });
  }

  /** Ends the session: no message leaves after this but the transport's own farewell. */
  end(error: RealtimeError): void {
    if (this.isClosed) return;
    this.#close("lapsed", error.code);
    this.connection.close(error);
  }

  /** The transport has gone. */
  lost(reason: string): void {
    if (!this.isClosed) this.#close("closed", reason);
  }

  #close(why: LeaveReason, reason: string): void {
    this.#state = "closed";
    this.#revision += 1;
    for (const name of [...this.#subscriptions.keys()]) this.leave(name, why);
    this.#watch.onClosed(reason);
  }
}
