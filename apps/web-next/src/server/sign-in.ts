import type { BoundApp } from "./bind-all";
import { demoPerson } from "./demo-people";
import { clearSessionCookie, setSessionCookie } from "./session-cookie";

/** Signs in as a demo person, or as nobody; returns the Set-Cookie header, or undefined where there is no such person. */
export async function signIn(app: BoundApp, headers: Headers, person: string): Promise<string | undefined> {
  if (person === "anonymous") return signOut(app, headers);
  if (!demoPerson(person)) return undefined;
  await endSession(app, headers); // whoever sat here before has left
  const { session, seal } = await app.sessions.begin(person);
  const secure = headers.get("origin")?.startsWith("https://") ?? false;
  return setSessionCookie({ seal, maxAgeMs: session.expiresAt - Date.now(), secure });
}

/** Signs out: the seal opens nothing any more, and every live connection of this session is cut. */
export async function signOut(app: BoundApp, headers: Headers): Promise<string> {
  await endSession(app, headers);
  return clearSessionCookie();
}

async function endSession({ sessions, expel }: BoundApp, headers: Headers): Promise<void> {
  const reading = await sessions.read(headers.get("cookie"));
  if (reading.kind !== "open") return;
  await sessions.end(reading.session); // before expel: a client that is cut off comes straight back with the same cookie
  await expel({ sessionId: reading.session.sessionId });
}
