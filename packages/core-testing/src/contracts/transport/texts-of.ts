import type { TestClient } from "../../client/test-client";

/** What a client has received on a channel so far, oldest first. */
export function textsOf(client: TestClient, channel: string): readonly string[] {
  return client.envelopes(channel).map(({ payload }) => textOf(payload));
}

/** The text of a payload of the contract's channels. */
export function textOf(payload: unknown): string {
  return typeof payload === "object" && payload !== null && "text" in payload ? String(payload.text) : "";
}

/** "0", "1" … in order. */
export function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => String(n));
}
