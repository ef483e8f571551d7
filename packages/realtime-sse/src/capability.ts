import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

const SECRET_BYTES = 24;

/**
 * What a POST must contain to send for a connection: its id, which observers, logs and presence may show to anyone, and a secret, which
 * its own stream alone has received.
 */
export class Capability {
  readonly id = randomUUID();
  readonly #secret = randomBytes(SECRET_BYTES).toString("base64url");

  /** What the client receives, and sends back. */
  get text(): string {
    return `${this.id}.${this.#secret}`;
  }

  /** Compares in constant time. */
  opensWith(text: string): boolean {
    const [shown, known] = [Buffer.from(text), Buffer.from(this.text)];
    return shown.length === known.length && timingSafeEqual(shown, known);
  }
}

/** The id in a client's text; any text may arrive. */
export function idIn(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf(".")));
}
