/** A client message with an id: whose it is, on which channel. */
export interface MessageKey {
  /** The sender. */
  readonly userId: string;
  /** The concrete name. */
  readonly channel: string;
  /** The id that the client has given. */
  readonly messageId: string;
}

/** The right to run one message, for so many milliseconds. */
export interface MessageClaim {
  /** Unique. */
  readonly id: string;
  /** How long the claim holds, in ms. */
  readonly ms: number;
}

/** What is known about a message. */
export type ClaimOutcome =
  /** Nothing, or only a claim that has expired: it is the caller's to run. */
  | { readonly kind: "new" }
  /** It is claimed, and its claim has not expired. */
  | { readonly kind: "running" }
  /** It has run, and this was its reply. */
  | { readonly kind: "done"; readonly reply: string };

/** The reply of a message that has run, and for how many milliseconds it is kept. */
export interface KeptReply {
  /** The reply, as JSON text. */
  readonly reply: string;
  /** How long it is kept, in ms. */
  readonly keepMs: number;
}

/**
 * Seam 9: has this client message run already, on any node?
 * MUST let exactly one of many callers at once claim a message. MUST keep any text unchanged, as an id and as a reply.
 * MUST bound what it keeps; where it forgets earlier than `keepMs`, it forgets the oldest replies of the user that has most.
 * MUST NOT change anything for a claim that is not the message's current one: its node was given up, and another one runs the message.
 */
export interface IReplyStore {
  /** Claims a message for this node, or returns the reply that it has already. */
  claim(key: MessageKey, claim: MessageClaim): Promise<ClaimOutcome> | ClaimOutcome;
  /** The message has run. */
  settle(key: MessageKey, claimId: string, kept: KeptReply): Promise<void> | void;
  /** The message may run again: it was refused for now. */
  release(key: MessageKey, claimId: string): Promise<void> | void;
  /** Releases timers of its own; what the app passed in remains the app's. */
  close(): Promise<void> | void;
}
