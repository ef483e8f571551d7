import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeConnection, IRealtimeGateway, OpenConnection } from "../../seams/server.seam.js";
import type { GatewayDeps } from "./gateway-deps.js";
import type { RealtimeLimits } from "../limits/limits.js";
import { RealtimeConversation, type ConversationDeps } from "./realtime-conversation.js";

/** Where transports come in. */
export class RealtimeGateway implements IRealtimeGateway {
  readonly #deps: ConversationDeps;
  readonly #conversations = new Set<RealtimeConversation>();
  #isDraining = false;

  constructor(deps: GatewayDeps) {
    this.#deps = {
      ...deps,
      admit: (handshake) =>
        deps.admission.atGate(handshake) ?? (this.#isDraining ? new RealtimeError("DRAINING") : undefined),
      ended: (conversation, handshake) => {
        this.#conversations.delete(conversation);
        deps.connections.ended(handshake);
      },
    };
  }

  get limits(): RealtimeLimits {
    return this.#deps.limits;
  }

  admit(handshake: RealtimeHandshake): RealtimeError | undefined {
    const { admission, observer } = this.#deps;
    const refused = admission.atRequest(handshake);
    const error = refused ?? (this.#isDraining ? new RealtimeError("DRAINING") : undefined); // last: a drain tells foreign pages nothing
    if (error) observer.observe({ kind: "refused", handshake, error });
    return error;
  }

  open(connection: IRealtimeConnection, handshake: RealtimeHandshake): OpenConnection {
    const conversation = new RealtimeConversation(connection, handshake, this.#deps);
    this.#conversations.add(conversation);
    this.#deps.connections.opened(handshake);
    conversation.begin();
    return conversation;
  }

  /** Refuses newcomers from now on, and tells those who are in. */
  drain(windowMs: number): void {
    this.#isDraining = true;
    for (const session of this.#deps.sessions.all()) session.connection.send({ type: "draining", windowMs });
  }

  /** Resolves when no handler is under way and every farewell has been said. */
  async settled(): Promise<void> {
    await Promise.all([...this.#conversations].map((conversation) => conversation.settled()));
  }
}
