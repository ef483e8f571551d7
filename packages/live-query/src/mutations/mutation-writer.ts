import { createHash } from "node:crypto";
import type { RealtimeUser } from "@repo/core-realtime";
import {
  SqlError,
  type ClientIdentity,
  type RowImage,
  type SqlClient,
  type SqlConnection,
} from "@repo/realtime-postgres";
import type { UserTurns } from "../engine/user-turns.js";
import type { TableSet } from "../engine/table-set.js";
import type { Row } from "../query/query-node.js";
import { MAX_RESULT_BYTES } from "../query-result.js";
import { becomeUser } from "../sql/as-user.js";
import { bindChange } from "./bind-change.js";
import { ChangeConflict, ChangeRefusal, throwChangeRefusal } from "./change-refusal.js";
import { createSql, currentSql, deleteSql, updateSql, type BoundChange } from "./change-sql.js";
import type { Mutation, RecordChange } from "./record-change.js";

export interface MutationWriterOptions {
  readonly client: SqlClient;
  readonly timeoutMs: number;
  readonly turns: UserTurns;
  readonly tables: Pick<TableSet, "of">;
}

/** What a mutation did. */
export interface MutationResult {
  /** One per change: the row as it is then, null where it was deleted. */
  readonly rows: readonly (Row | null)[];
  /** Of its transaction. */
  readonly xid: bigint;
}

const MAX_TRIES = 4; // of a transaction that others made impossible
/** A reply must fit a frame; behind the commit it would be too late to refuse. */
const TOO_LARGE = `The changed rows have more than ${MAX_RESULT_BYTES} bytes, and all of them are in the reply: make fewer changes at once.`;
const IN_CONFLICT = /^40(001|P01)$/; // SQLSTATE: serialization failure, deadlock
const DUPLICATE = "23505";

/** Makes changes as a user: in one transaction, under row-level security, once per id. */
export class MutationWriter {
  readonly #options: MutationWriterOptions;

  constructor(options: MutationWriterOptions) {
    this.#options = options;
  }

  /** Rejects with a refusal of the records channel, or with a `SqlError`. */
  async write(mutation: Mutation, user: RealtimeUser | null, identity: ClientIdentity): Promise<MutationResult> {
    const changes = await Promise.all(
      mutation.changes.map(async (change, place) => {
        try {
          return { change, bound: await bindChange(change, this.#options.tables.of(change.table, user).description) };
        } catch (cause) {
          return throwChangeRefusal(cause, place);
        }
      }),
    );
    const { turns } = this.#options;
    for (let tries = 1; ; tries += 1)
      try {
        return await turns.run(identity, () => this.#write({ id: idOf(mutation), changes }, identity));
      } catch (cause) {
        if (tries === MAX_TRIES || !isWorthAnotherTry(cause)) throw cause;
      }
  }

  async #write({ id, changes }: BoundMutation, identity: ClientIdentity): Promise<MutationResult> {
    const { client, timeoutMs } = this.#options;
    const author = `${identity.role}\n${identity.subject}`;
    return client.transaction(async (owner) => {
      const [known]: readonly StoredReply[] = await owner.query(
        "select xid::text, reply from realtime.mutations where author = $1 and id = $2",
        [author, id],
      );
      if (known) return { rows: known.reply, xid: BigInt(known.xid) };
      await becomeUser(owner, identity, { isReadOnly: false, timeoutMs });
      const rows = await this.#changeAll(owner, changes);
      await owner.query("select set_config('role', 'none', true)");
      const [stored] = await owner.query<{ readonly xid: string }>(
        "insert into realtime.mutations (author, id, reply) values ($1, $2, $3::text::jsonb) returning xid::text",
        [author, id, JSON.stringify(rows)],
      );
      return { rows, xid: BigInt(stored?.xid ?? "0") };
    });
  }

  async #changeAll(connection: SqlConnection, changes: BoundMutation["changes"]): Promise<readonly (Row | null)[]> {
    const rows: (Row | null)[] = [];
    let bytes = 0;
    for (const [place, { change, bound }] of changes.entries())
      try {
        const row = await changeOne(connection, change.op, bound);
        rows.push(row);
        bytes += Buffer.byteLength(JSON.stringify(row));
        if (bytes > MAX_RESULT_BYTES) throw new ChangeRefusal("invalid", TOO_LARGE);
      } catch (cause) {
        throwChangeRefusal(cause, place);
      }
    return rows;
  }
}

/** With what it changes: another mutation with the same id is not replied to with this one's rows, which may be another anonymous user's. */
function idOf({ id, changes }: Mutation): string {
  return `${id}\n${createHash("sha256").update(JSON.stringify(changes)).digest("base64url")}`;
}

interface BoundMutation {
  readonly id: string;
  readonly changes: readonly { readonly change: RecordChange; readonly bound: BoundChange }[];
}

interface StoredReply {
  readonly xid: string;
  readonly reply: readonly (Row | null)[];
}

async function changeOne(connection: SqlConnection, op: RecordChange["op"], bound: BoundChange): Promise<Row | null> {
  const { sql, values } = op === "create" ? createSql(bound) : op === "update" ? updateSql(bound) : deleteSql(bound);
  const [row] = await connection.query<{ readonly image?: RowImage }>(sql, values);
  if (op === "delete" && row) return null;
  if (row?.image) return row.image;
  const current = currentSql(bound);
  const [now] = await connection.query<{ readonly image: RowImage }>(current.sql, current.values);
  if (bound.version !== undefined && (!now || !hasVersion(now.image, bound)))
    throw new ChangeConflict(now?.image ?? null);
  if (now) throw new ChangeRefusal("forbidden", "The user may not make this change.");
  throw new ChangeRefusal("missing", "There is no such row.");
}

function hasVersion(image: RowImage, { table, version }: BoundChange): boolean {
  return String(image[table.live.version ?? ""]) === String(version);
}

/** The same mutation, sent twice at once: the second finds the first one's reply. */
function isWorthAnotherTry(cause: unknown): boolean {
  return cause instanceof SqlError && (IN_CONFLICT.test(cause.code ?? "") || cause.code === DUPLICATE);
}
