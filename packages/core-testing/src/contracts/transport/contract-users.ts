import {
  RealtimeError,
  type IRealtimeAuthenticator,
  type RealtimeHandshake,
  type RealtimeUser,
} from "@repo/core-realtime";
import { Hold } from "../../hold";

/** The users of the contract, identified by a token or the cookie `session=<token>`. */
export class ContractUsers implements IRealtimeAuthenticator {
  /** Who has which token; a case may change it. */
  readonly byToken = new Map<string, RealtimeUser>([
    ["mia", { userId: "mia", roles: ["member"], sessionId: "mia-1" }],
    ["mia-elsewhere", { userId: "mia", roles: ["member"], sessionId: "mia-2" }],
    ["mia-promoted", { userId: "mia", roles: ["member", "staff"], sessionId: "mia-1" }],
    ["sam", { userId: "sam", roles: ["staff"], sessionId: "sam-1" }],
    ["pia", { userId: "pia", roles: ["member"], sessionId: "pia-1" }],
  ]);
  #calls = 0;
  #hold: Hold | undefined;

  /** How often gate 1 has called the authenticator. */
  get calls(): number {
    return this.#calls;
  }

  /** From now on the authenticator has its result, and waits before it returns. */
  hold(): Hold {
    this.#hold = new Hold();
    return this.#hold;
  }

  async authenticate({ token, headers }: RealtimeHandshake): Promise<RealtimeUser | null> {
    const shown = token ?? /(?:^|;\s*)session=([^;]*)/.exec(headers.cookie ?? "")?.[1];
    const user = shown === undefined ? null : this.byToken.get(shown); // looked up now, returned later: as a session store does
    this.#calls += 1;
    await this.#hold?.pass();
    if (user === undefined) throw new RealtimeError("UNAUTHENTICATED");
    return user;
  }
}
