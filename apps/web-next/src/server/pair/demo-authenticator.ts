import type { IRealtimeAuthenticator, RealtimeHandshake, RealtimeUser } from "@repo/core-realtime";
import { demoPerson } from "../demo-people";
import type { DemoTokens } from "./demo-tokens";

/** Gate 1 for the two clients of the first page, which have demo tokens; every other handshake is the next authenticator's. */
export class DemoAuthenticator implements IRealtimeAuthenticator {
  readonly #tokens: Pick<DemoTokens, "open">;
  readonly #next: IRealtimeAuthenticator;

  constructor(tokens: Pick<DemoTokens, "open">, next: IRealtimeAuthenticator) {
    this.#tokens = tokens;
    this.#next = next;
  }

  async authenticate(handshake: RealtimeHandshake): Promise<RealtimeUser | null> {
    const identity = handshake.token === undefined ? undefined : await this.#tokens.open(handshake.token);
    const person = identity && demoPerson(identity.userId);
    if (!person) return this.#next.authenticate(handshake);
    return { userId: person.userId, roles: person.roles, expiresAt: identity.expiresAt };
  }
}
