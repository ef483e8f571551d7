import {
  IMAGE_SETTINGS,
  SqlError,
  type ClientIdentity,
  type SqlClient,
  type SqlConnection,
} from "@repo/realtime-postgres";

/** A connection in a transaction that has the user's rights. */
export interface UserTransaction {
  readonly connection: SqlConnection;
  /** What the transaction sees, as text. */
  readonly snapshot: string;
}

export interface UserTransactionOptions {
  readonly client: SqlClient;
  readonly isReadOnly: boolean;
  readonly timeoutMs: number;
}

const SETTINGS = Object.entries(IMAGE_SETTINGS).map(([name, value]) => `set_config('${name}', '${value}', true)`);
const BECOME = `select pg_current_snapshot()::text as snapshot, ${SETTINGS.join(", ")},
  set_config('request.jwt.claims', $2, true), set_config('request.jwt.claim.sub', $3, true), set_config('request.jwt.claim.role', $1, true),
  set_config('statement_timeout', $4, true), set_config('transaction_read_only', $5, true), set_config('role', $1, true)`;

/** Gives the rest of a transaction the user's rights; returns what it sees, as text. */
export async function becomeUser(
  connection: SqlConnection,
  { role, claims, subject }: ClientIdentity,
  { isReadOnly, timeoutMs }: Omit<UserTransactionOptions, "client">,
): Promise<string> {
  const values = [role, claims, subject, String(timeoutMs), isReadOnly ? "on" : "off"];
  const [row] = await connection
    .query<{ readonly snapshot: string }>(BECOME, values)
    .catch((cause: unknown) => throwRoleFault(cause, role));
  return row?.snapshot ?? "";
}

const UNUSABLE = new Set(["42501", "22023", "42704"]); // SQLSTATE of a role that may not be taken, or that there is not

/** Throws a `TypeError` where a role cannot be used: that is no fault of the query. */
export function throwRoleFault(cause: unknown, role: string): never {
  if (!(cause instanceof SqlError) || !UNUSABLE.has(cause.code ?? "")) throw cause;
  throw new TypeError(
    `The role "${role}" cannot be used for clients: ${cause.message}. Create it, grant it to the role that connects, and run: select realtime.add_client_role('${role}');`,
    { cause },
  );
}

/** Runs `work` as the user in one snapshot. */
export function asUser<T>(
  identity: ClientIdentity,
  { client, ...options }: UserTransactionOptions,
  work: (transaction: UserTransaction) => Promise<T>,
): Promise<T> {
  return client.transaction(
    async (connection) => work({ connection, snapshot: await becomeUser(connection, identity, options) }),
    options.isReadOnly ? "repeatable read" : undefined,
  );
}
