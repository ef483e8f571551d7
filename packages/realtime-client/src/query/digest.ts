import { digest as digestOf } from "@repo/core-realtime/digest";

/** The digest of a value's JSON: a server knows by it which rows a client has. */
export function digest(value: unknown): string {
  return digestOf(JSON.stringify(value));
}
