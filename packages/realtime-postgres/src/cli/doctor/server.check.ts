import { error, warning, type Check, type CheckContext, type Finding } from "./finding.js";

/** Whether the server, and the way to it, are what realtime needs. */
export const checkServer: Check = async (context) => {
  const clock = await checkClock(context);
  if (context.isEmbedded) return clock;
  return [
    ...clock,
    ...(await checkSettings(context)),
    ...(await checkPooler(context)),
    ...(await checkTransactions(context)),
  ];
};

async function checkClock({ client, now }: CheckContext): Promise<readonly Finding[]> {
  const before = now();
  const [row] = await client.query<{ ms: number }>("select extract(epoch from clock_timestamp())::float8 * 1000 as ms");
  const after = now();
  const difference = (row?.ms ?? before) - (before + after) / 2;
  if (Math.abs(difference) <= CLOCK_TOLERANCE_MS + (after - before) / 2) return [];
  const seconds = (Math.abs(difference) / 1000).toFixed(1);
  return [
    warning(
      `The server's clock is ${seconds} s ${difference > 0 ? "ahead of" : "behind"} this machine's: tokens expire and messages are dated accordingly.`,
      "Let both follow a time server: timedatectl set-ntp true",
    ),
  ];
}

const CLOCK_TOLERANCE_MS = 1_000;

async function checkSettings({ client }: CheckContext): Promise<readonly Finding[]> {
  const [row] = await client.query<SettingsRow>(SETTINGS);
  if (!row) return [];
  return [
    ...(row.version < 150_000
      ? [
          error(
            `The server is Postgres ${Math.floor(row.version / 10_000)}; realtime needs 15 or later.`,
            "Upgrade the server.",
          ),
        ]
      : []),
    ...(row.fsync
      ? []
      : [error("fsync is off: a crash of the server can destroy the database.", "alter system set fsync = on;")]),
    ...(row.synchronous_commit === "off"
      ? [
          warning(
            "synchronous_commit is off: a crash of the server loses messages that were acknowledged.",
            `alter database ${row.database} set synchronous_commit = on;`,
          ),
        ]
      : []),
  ];
}

interface SettingsRow {
  readonly version: number;
  readonly fsync: boolean;
  readonly synchronous_commit: string;
  readonly database: string;
}

const SETTINGS = `
  select current_setting('server_version_num')::integer as version, current_setting('fsync')::boolean as fsync,
    current_setting('synchronous_commit') as synchronous_commit, quote_ident(current_database()) as database`;

async function checkPooler({ client }: CheckContext): Promise<readonly Finding[]> {
  const session = await client.session();
  await session?.close();
  if (session) return [];
  return [
    warning(
      "A pooler in transaction mode is in between: notifications do not arrive, and the nodes poll instead.",
      "Pass the server's own address as well: new PgClient({ connectionString, directConnectionString })",
    ),
  ];
}

async function checkTransactions({ client, longTransactionMs }: CheckContext): Promise<readonly Finding[]> {
  const rows = await client.query<TransactionRow>(OLD_TRANSACTIONS, [longTransactionMs]);
  return rows.map(({ what, seconds, repair }) =>
    warning(
      `${what} has been open for ${seconds} s: until it ends, nothing that was deleted since gives its place free, and the outbox grows.`,
      repair,
    ),
  );
}

interface TransactionRow {
  readonly what: string;
  readonly seconds: number;
  readonly repair: string;
}

/** Of other roles, only what the role may see. */
const OLD_TRANSACTIONS = `
  select format('A transaction of %s (process %s, %s)', a.usename, a.pid, a.state) as what,
    extract(epoch from now() - a.xact_start)::integer as seconds, format('select pg_terminate_backend(%s);', a.pid) as repair
  from pg_catalog.pg_stat_activity a
  where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
    and a.xact_start < now() - $1 * interval '1 millisecond'
  union all
  select format('The prepared transaction "%s"', t.gid), extract(epoch from now() - t.prepared)::integer, format('rollback prepared %L;', t.gid)
  from pg_catalog.pg_prepared_xacts t where t.database = current_database() and t.prepared < now() - $1 * interval '1 millisecond'
  order by 2 desc limit 5`;
