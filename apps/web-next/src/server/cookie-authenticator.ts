import { RealtimeError, type IRealtimeAuthenticator, type RealtimeUser } from "@repo/core-realtime";
import { demoPerson } from "./demo-people";
import type { Sessions } from "./sessions";

/** Gate 1 of the demo: the same sealed cookie that the pages read. */
export class CookieAuthenticator implements IRealtimeAuthenticator {
  readonly #sessions: Pick<Sessions, "read">;

  constructor(sessions: Pick<Sessions, "read">) {
    this.#sessions = sessions;
  }

  async authenticate({
    headers,
  }: {
    readonly headers: Readonly<Record<string, string | undefined>>;
  }): Promise<RealtimeUser | null> {
    const reading = await this.#sessions.read(headers["cookie"]);
    if (reading.kind === "none") return null;
    const person = reading.kind === "open" ? demoPerson(reading.session.userId) : undefined;
    if (reading.kind === "refused" || !person) throw new RealtimeError("UNAUTHENTICATED");
    const { sessionId, expiresAt } = reading.session;
    return { userId: person.userId, roles: person.roles, sessionId, expiresAt };
  }
}
