import {
  RealtimeError,
  type IRealtimeAuthenticator,
  type RealtimeHandshake,
  type RealtimeUser,
} from "@repo/core-realtime";
import type { EmbedTokens } from "./embed-tokens";

/** Who an embedded page is in the database: nobody's account, and one widget in the claims, which policies read. */
export function embedUser(widgetId: number): RealtimeUser {
  return { userId: `embed:${widgetId}`, roles: ["embed"], claims: { widget: widgetId } };
}

/** Gate 1 for embedded pages, which have a token; everybody else is the other authenticator's. */
export class EmbedAuthenticator implements IRealtimeAuthenticator {
  readonly #tokens: Pick<EmbedTokens, "open">;
  readonly #others: IRealtimeAuthenticator;

  constructor(tokens: Pick<EmbedTokens, "open">, others: IRealtimeAuthenticator) {
    this.#tokens = tokens;
    this.#others = others;
  }

  async authenticate(handshake: RealtimeHandshake): Promise<RealtimeUser | null> {
    if (handshake.token === undefined) return this.#others.authenticate(handshake);
    const widgetId = await this.#tokens.open(handshake.token);
    if (widgetId === undefined) throw new RealtimeError("UNAUTHENTICATED");
    return embedUser(widgetId);
  }
}
