import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { ListedConnection } from "../../seams/observer.seam.js";
import type {
  IRealtimeConnection,
  IRealtimeGateway,
  IRealtimeServer,
  OpenConnection,
} from "../../seams/server.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { GatewayDeps, ReceiverDeps } from "./gateway-deps.js";
import { SessionReceiver } from "./session-receiver.js";

/** Where transports open connections; each transport has its own view of it. */
export class RealtimeGateway {
  readonly #deps: ReceiverDeps;
  readonly #receivers = new Set<SessionReceiver>();
  #isDraining = false;

  constructor(deps: GatewayDeps) {
    this.#deps = {
      ...deps,
      admit: (handshake) => deps.admission.atGate(handshake) ?? this.#draining(),
      ended: (receiver, handshake) => {
        this.#receivers.delete(receiver);
        deps.connections.ended(handshake);
      },
    };
  }

  /** The gateway as one transport sees it. */
  of(server: IRealtimeServer): IRealtimeGateway {
    return {
      limits: this.#deps.limits,
      admit: (handshake) => this.#admit(handshake),
      checkRequest: (handshake) => this.#refused(handshake, this.#deps.admission.forRequest(handshake)),
      open: (connection, handshake) => this.#open(connection, handshake, server),
    };
  }

  get limits(): RealtimeLimits {
    return this.#deps.limits;
  }

  /** Every connection that has passed gate 1. */
  connections(): readonly ListedConnection[] {
    return [...this.#receivers].flatMap((receiver) => receiver.listed() ?? []);
  }

  /** Refuses new connections from now on, and announces it on the open ones. */
  drain(windowMs: number): void {
    this.#isDraining = true;
    for (const session of this.#deps.sessions.all()) session.connection.send({ type: "draining", windowMs });
  }

  /** Resolves when no handler is in progress and every end has been observed. */
  async settled(): Promise<void> {
    await Promise.all([...this.#receivers].map((receiver) => receiver.settled()));
  }

  #open(connection: IRealtimeConnection, shown: RealtimeHandshake, server: IRealtimeServer): OpenConnection {
    const { first, ...handshake } = shown; // used once: the session keeps what authenticates
    const receiver = new SessionReceiver(connection, handshake, { server, deps: this.#deps });
    this.#receivers.add(receiver);
    this.#deps.connections.opened(handshake);
    receiver.begin(first);
    return receiver;
  }

  #admit(handshake: RealtimeHandshake): RealtimeError | undefined {
    return this.#refused(handshake, this.#deps.admission.atRequest(handshake) ?? this.#draining()); // last: a page of another origin receives nothing about a drain
  }

  /** Reports a refusal before there is a connection to the observers. */
  #refused(handshake: RealtimeHandshake, error: RealtimeError | undefined): RealtimeError | undefined {
    const { observer } = this.#deps;
    if (error && observer.isObserved("refused")) {
      const { transport, url, remoteAddress, headers } = handshake;
      const shown = { transport, url, remoteAddress, ...(headers.origin !== undefined && { origin: headers.origin }) };
      observer.observe({ kind: "refused", connection: undefined, error, handshake: shown });
    }
    return error;
  }

  #draining(): RealtimeError | undefined {
    return this.#isDraining ? new RealtimeError("DRAINING") : undefined;
  }
}
