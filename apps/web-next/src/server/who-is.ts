import type { BoundApp } from "./bind-all";
import { demoPerson, type DemoPerson } from "./demo-people";

/** Who sent this request; undefined for a visitor, and for a cookie that does not count any more. */
export async function whoIs(
  { sessions }: Pick<BoundApp, "sessions">,
  headers: Headers,
): Promise<DemoPerson | undefined> {
  const reading = await sessions.read(headers.get("cookie"));
  return reading.kind === "open" ? demoPerson(reading.session.userId) : undefined;
}
