import {
  RealtimeError,
  type IRealtimeAuthenticator,
  type RealtimeHandshake,
  type RealtimeUser,
} from "@repo/core-realtime";
import { Hold } from "../../hold";

/** The people of the contract: a token, or the cookie `session=<token>`, says who one is. */
export class ContractUsers implements IRealtimeAuthenticator {
  /** Who has which token; a case may change it. */
  readonly byToken = new Map<string, RealtimeUser>([
    ["mia", { userId: "mia", roles: ["member"], sessionId: "mia-1" }],
    ["mia-elsewhere", { userId: "mia", roles: ["member"], sessionId: "mia-2" }],
    ["mia-promoted", { userId: "mia", roles: ["member", "staff"], sessionId: "mia-1" }],
    ["sam", { userId: "sam", roles: ["staff"], sessionId: "sam-1" }],
    ["pia", { userId: "pia", roles: ["member"], sessionId: "pia-1" }],
  ]);
  #asked = 0;
  #hold: Hold | undefined;

  /** How often gate 1 came to ask. */
  get asked(): number {
    return this.#asked;
  }

  /** From now on gate 1 has its answer, and waits with it. */
  hold(): Hold {
    this.#hold = new Hold();
    return this.#hold;
  }

  async authenticate({ token, headers }: RealtimeHandshake): Promise<RealtimeUser | null> {
    const shown = token ?? /(?:^|;\s*)session=([^;]*)/.exec(headers.cookie ?? "")?.[1];
    const user = shown === undefined ? null : this.byToken.get(shown); // looked up now, told later: as a session store does
    this.#asked += 1;
    await this.#hold?.pass();
    if (user === undefined) throw new RealtimeError("UNAUTHENTICATED");
    return user;
  }
}
