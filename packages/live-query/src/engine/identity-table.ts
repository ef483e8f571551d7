import type { ClientIdentity } from "@repo/realtime-postgres";

/** One object for equal identities, for as long as it is used. */
export class IdentityTable {
  readonly #known = new Map<string, WeakRef<ClientIdentity>>();
  readonly #registry = new FinalizationRegistry<string>((key) => {
    if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key);
  });

  intern({ role, subject, claims }: ClientIdentity): ClientIdentity {
    const key = `${role}\n${subject}\n${claims}`;
    const known = this.#known.get(key)?.deref();
    if (known) return known;
    const identity: ClientIdentity = Object.freeze({ role, subject, claims });
    this.#known.set(key, new WeakRef(identity));
    this.#registry.register(identity, key);
    return identity;
  }
}
