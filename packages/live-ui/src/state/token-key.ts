import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";

/** Characters of a key's identifier and of a MAC. */
export const KEY_ID_LENGTH = 4;
export const MAC_LENGTH = 43;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The keys that one secret yields: one for the MAC and, with encryption, one for AES-256-GCM. HKDF derives each for its own purpose, other
 * ones with encryption than without, so that neither kind of token is accepted as the other.
 */
export class TokenKey {
  /** Names the key in a token. Two secrets may have the same one by chance; the MAC decides. */
  readonly id: string;
  readonly #mac: KeyObject;
  readonly #cipher: KeyObject | undefined;

  constructor(secret: string, encrypt: boolean) {
    const kind = encrypt ? "encrypted" : "readable";
    this.id = derived(secret, `${kind} key id`).export().toString("base64url").slice(0, KEY_ID_LENGTH);
    this.#mac = derived(secret, `${kind} hmac-sha256`);
    this.#cipher = encrypt ? derived(secret, "aes-256-gcm") : undefined;
  }

  macOf(text: string): string {
    return createHmac("sha256", this.#mac).update(text).digest("base64url");
  }

  /** Compares in constant time. Texts are compared, not what they decode to: another spelling of the same bytes is refused. */
  accepts(mac: string, text: string): boolean {
    return timingSafeEqual(Buffer.from(mac, "latin1"), Buffer.from(this.macOf(text), "latin1"));
  }

  /** The payload as bytes, encrypted where this key encrypts: IV, ciphertext, tag. */
  seal(payload: string): Buffer {
    if (!this.#cipher) return Buffer.from(payload);
    const iv = randomBytes(IV_BYTES); // by the time that two are equal by chance, only these two texts could be compared: the MAC protects the rest
    const cipher = createCipheriv("aes-256-gcm", this.#cipher, iv, { authTagLength: TAG_BYTES });
    return Buffer.concat([iv, cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws where `bytes` are not from `seal`. */
  open(bytes: Buffer): string {
    if (!this.#cipher) return bytes.toString();
    const end = bytes.length - TAG_BYTES;
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", this.#cipher, iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(end));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, end)), decipher.final()]).toString();
  }
}

function derived(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", `live-ui page token v1: ${purpose}`, 32)));
}
