/** A text that a client sends, and how many frames it waits for before the next. */
export interface Step {
  readonly send: string;
  readonly expect: number;
}

/** How a client's message travels: without an id; with one; with one and a reply from the server. */
export type MessageStyle = "no id" | "id" | "id and reply";

/** A client's message, and how many frames its sender receives because of it. */
export interface ChatMessage {
  readonly text: string;
  readonly frames: number;
}

/**
 * What the clients of one contender send. In every text "%d" is the client's number modulo the channels of the scenario,
 * "%n" counts the client's messages, and "%i" is an id that no other message has, as long as a real client's. What follows "%b" is sent
 * as base64url.
 */
export interface ClientScript {
  readonly kind: "websocket" | "sse";
  path(channels: readonly string[]): string;
  /** The WebSocket sub-protocols that a client of these channels offers; empty for none. */
  protocol(channels: readonly string[]): string;
  /** SSE: the response header whose value every POST sends back; empty for none. */
  readonly echo: string;
  /** What a client of these channels does before its first subscription. */
  enter(channels: readonly string[]): readonly Step[];
  subscribe(channel: string): readonly Step[];
  /** A message to all subscribers of a channel; undefined where the contender has no such style. */
  chat(channel: string, text: string, style: MessageStyle): ChatMessage | undefined;
}
