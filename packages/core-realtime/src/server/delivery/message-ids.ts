import { randomBytes } from "node:crypto";

/** Ids of messages without a position: unique over all nodes, and short, since each travels. */
export class MessageIds {
  readonly #node = randomBytes(6).toString("base64url"); // 48 bits: two nodes that share one are a one in a million among 20 000
  #count = 0;

  next(): string {
    this.#count += 1;
    return `${this.#node}${this.#count.toString(36)}`;
  }
}
