import { createHash } from "node:crypto";

const MAX_LENGTH = 43; // of what it becomes otherwise

/** A client's event id as it is remembered: the id, or its hash where it is long. */
export function eventKey(eventId: string): string {
  return eventId.length < MAX_LENGTH ? eventId : createHash("sha256").update(eventId).digest("base64url");
}
