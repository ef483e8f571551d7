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
      admit: (handshake) => this.admit(handshake),
      ended: (conversation) => this.#conversations.delete(conversation),
    };
  }

  get limits(): RealtimeLimits {
    return this.#deps.limits;
  }

  admit(handshake: RealtimeHandshake): RealtimeError | undefined {
    const refusal = this.checkRequest(handshake); // first: a drain tells foreign pages nothing
    if (refusal) return refusal;
    return this.#isDraining ? new RealtimeError("DRAINING") : this.#deps.abuse.refusalOf(handshake);
  }

  checkRequest(handshake: RealtimeHandshake): RealtimeError | undefined {
    if (!this.#deps.originPolicy(handshake)) return new RealtimeError("ORIGIN_REFUSED");
    const { cookie = "" } = handshake.headers;
    if (cookie.length <= this.#deps.limits.maxCookieBytes) return undefined;
    return new RealtimeError("HANDSHAKE_INVALID", { detail: "the Cookie header is too large" });
  }

  open(connection: IRealtimeConnection, handshake: RealtimeHandshake): OpenConnection {
    const conversation = new RealtimeConversation(connection, handshake, this.#deps);
    this.#conversations.add(conversation);
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
