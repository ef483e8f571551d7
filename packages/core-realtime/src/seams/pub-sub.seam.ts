/**
 * A carrier of text under topics, such as Redis or NATS: what `PubSubBroker` needs of a vendor. May lose, repeat, delay and reorder.
 * MUST carry what is published to every current subscriber of the topic, this process included, as a rule.
 * MUST subscribe again by itself after a lost connection. MUST NOT alter a text; one may be over a megabyte.
 * MUST be private: a client that can publish here can publish on every channel.
 */
export interface IPubSub {
  /** Rejects, or throws, where the text was certainly not accepted. */
  publish(topic: string, text: string): Promise<void> | void;
  /** Resolves, with the undo, when everything that is published from now on is carried here. */
  subscribe(topic: string, onText: (text: string) => void): Promise<() => void> | (() => void);
  /** Ends the connection. Left out where it belongs to the app. */
  close?(): Promise<void> | void;
}
