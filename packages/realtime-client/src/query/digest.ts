import { digest as digestOf } from "@repo/core-realtime/digest";

/** The digest of a value's JSON: by it a server recognises which rows a client has. */
export function digest(value: unknown): string {
  return digestOf(JSON.stringify(value));
}
