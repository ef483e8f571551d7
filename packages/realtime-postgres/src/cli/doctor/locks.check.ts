import { warning, type Check } from "./finding.js";

/** Whether a role that is not ours holds an advisory lock of ours: any role may. What must not be held up locks rows instead. */
export const checkLocks: Check = async ({ client }) => {
  const held = await client.query<LockRow>(HELD);
  return held.map(({ role, pid, key }) =>
    warning(
      `The role "${role}" holds the advisory lock ${key}: ${EFFECTS[key] ?? ""}`,
      `select pg_terminate_backend(${pid}); -- and let it lock another number`,
    ),
  );
};

interface LockRow {
  readonly role: string;
  readonly pid: number;
  readonly key: string;
}

const EFFECTS: Readonly<Record<string, string>> = {
  "7023450001": "migrations wait for it.",
  "7023450002": "every writer's transaction notifies, and the commits of all wait for each other.",
  "7023450003": "nodes that prepare the database wait for it.",
  "7023450020": "every writer of a watched table notifies with each commit.",
};

/** The owner is the role that owns the schema; the nodes connect as a role that may do what it may. */
const HELD = `
  select distinct a.usename::text as role, l.pid, (l.classid::bigint << 32 | l.objid::bigint)::text as key
  from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
  join pg_catalog.pg_namespace n on n.nspname = 'realtime'
  where l.locktype = 'advisory' and l.granted and l.objsubid = 1
    and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
    and (l.classid::bigint << 32 | l.objid::bigint) = any ('{${Object.keys(EFFECTS).join(",")}}')
    and not pg_has_role(a.usesysid, n.nspowner, 'member')
  order by 2`;
