import type { SqlClient } from "../client/sql-client.js";

export interface ReplyBoundsDeps {
  readonly client: Pick<SqlClient, "query">;
  readonly maxBytesPerUser: number;
  readonly onError: (cause: unknown) => void;
}

/** Forgets a user's replies but for the newest bytes. */
const FORGET = `
  delete from realtime.replies where key = any(array(
    select key from (
      select key, sum(octet_length(reply)) over (order by expires_at desc, key) as newer_bytes
      from realtime.replies where owner = $1 and reply is not null
    ) as kept where newer_bytes > $2
  ))`;

const MAX_OWNERS = 100_000; // counted at once; beyond it counting begins anew

/**
 * The bound of what is kept for one user. Each node counts what it has settled itself, so that no statement has to; a user with
 * connections to several nodes has so many bytes on each.
 */
export class ReplyBounds {
  readonly #deps: ReplyBoundsDeps;
  readonly #bytes = new Map<string, number>();

  constructor(deps: ReplyBoundsDeps) {
    this.#deps = deps;
  }

  add(owner: Buffer, bytes: number): void {
    const name = owner.toString("base64");
    const total = (this.#bytes.get(name) ?? 0) + bytes;
    if (this.#bytes.size >= MAX_OWNERS) this.#bytes.clear();
    this.#bytes.set(name, total);
    const { client, maxBytesPerUser, onError } = this.#deps;
    if (total <= maxBytesPerUser) return;
    const keptBytes = Math.floor(maxBytesPerUser / 2); // half, so that it is not done for every message
    this.#bytes.set(name, keptBytes);
    client.query(FORGET, [owner, keptBytes]).catch(onError);
  }
}
