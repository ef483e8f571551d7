import { error, warning, type Check, type Finding } from "./finding.js";

/** Whether the changes of watched tables are all recorded, and deleted again. */
export const checkChanges: Check = async ({ client }) => {
  const [row] = await client.query<ChangesRow>(CHANGES);
  const unwatched = await client.query<{ readonly name: string }>(PARTLY_WATCHED);
  const unsecured = await client.query<{ readonly name: string }>(UNSECURED);
  const unfollowed = await client.query<PolicyRead>(UNFOLLOWED);
  const blocked = await client.query<BlockedRow>(BLOCKED);
  const partly = unwatched.map(({ name }) =>
    error(
      `Some changes of ${name} are not recorded: a partition is new, or a trigger was dropped or disabled.`,
      `select realtime.watch_table(${quoted(name)});`,
    ),
  );
  const open = unsecured.map(({ name }) =>
    warning(
      `${name} is watched, and clients may read all of it: its row-level security is off.`,
      `alter table ${name} enable row level security; -- and write its policies; or revoke select on ${name} from anon, authenticated;`,
    ),
  );
  const missed = unfollowed.map(({ name, read }) =>
    warning(
      `A policy of ${name} reads ${read}, whose changes are not recorded: live queries on ${name} are refused.`,
      `select realtime.watch_table(${quoted(read)});`,
    ),
  );
  return [...partly, ...open, ...missed, ...(row ? sizeFindings(row, blocked) : [])];
};

function sizeFindings(row: ChangesRow, blocked: readonly BlockedRow[]): readonly Finding[] {
  const { megabytes, max_megabytes: max, is_paused: isPaused, is_large: isLarge } = row;
  const [first] = blocked;
  const repair = first
    ? `select pg_terminate_backend(${first.pid}); -- it has locked ${first.table_name} since ${first.since.toISOString()}`
    : "select realtime.rotate_changes(); -- a node that follows changes does it";
  if (isPaused)
    return [error(`Changes are not recorded: their tables have ${megabytes} MiB and cannot be emptied.`, repair)];
  if (isLarge)
    return [warning(`The tables of changes have ${megabytes} of the ${max} MiB that they may have.`, repair)];
  return first && row.is_stuck
    ? [warning("A table of changes has not been emptied for 5 minutes: a transaction locks it.", repair)]
    : [];
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

interface ChangesRow {
  readonly megabytes: number;
  readonly max_megabytes: number;
  readonly is_paused: boolean;
  readonly is_large: boolean;
  readonly is_stuck: boolean;
}

/** A watched table, and one that its policies read. */
interface PolicyRead {
  readonly name: string;
  readonly read: string;
}

interface BlockedRow {
  readonly pid: number;
  readonly table_name: string;
  readonly since: Date;
}

const CHANGES = `
  select (used.bytes / 1048576)::integer as megabytes, (s.max_bytes / 1048576)::integer as max_megabytes,
    c.last_value < 0 as is_paused, used.bytes > s.max_bytes / 2 as is_large,
    exists (select from realtime.changes_tables t where t.id <> c.last_value and t.switched_at < clock_timestamp() - interval '5 minutes'
      and pg_relation_size(('realtime.changes_' || t.id)::regclass) > 0) as is_stuck
  from realtime.changes_state s, realtime.changes_current c,
    (select sum(pg_total_relation_size(('realtime.changes_' || t.id)::regclass)) as bytes from realtime.changes_tables t) used`;

/** Tables, or roots of partitions, of which not every part has all triggers. */
const PARTLY_WATCHED = `
  select root.oid::regclass::text as name from (
    select distinct coalesce(pg_partition_root(t.tgrelid), t.tgrelid::regclass) as oid from pg_catalog.pg_trigger t
    where t.tgfoid = 'realtime.capture_changes'::regproc) root
  where not realtime.is_watched(root.oid) order by 1`;

const WATCHED = `
  select distinct coalesce(pg_partition_root(t.tgrelid), t.tgrelid::regclass)::oid as oid from pg_catalog.pg_trigger t
  where t.tgfoid = 'realtime.capture_changes'::regproc`;

/** Watched tables without row-level security that a client's role may read. */
const UNSECURED = `
  select c.oid::regclass::text as name from pg_catalog.pg_class c
  where c.oid in (${WATCHED}) and not c.relrowsecurity
    and exists (select from pg_catalog.pg_roles r where r.rolname in ('anon', 'authenticated') and has_any_column_privilege(r.oid, c.oid, 'select'))
  order by 1`;

/** What SELECT policies of watched tables read directly, and is not watched. */
const UNFOLLOWED = `
  select distinct p.polrelid::regclass::text as name, c.oid::regclass::text as read
  from pg_catalog.pg_policy p
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> p.polrelid
    join pg_catalog.pg_class c on c.oid = d.refobjid and c.relkind in ('r', 'p')
  where p.polcmd in ('r', '*') and p.polrelid in (${WATCHED}) and c.relnamespace <> 'realtime'::regnamespace
    and not realtime.is_watched(c.oid::regclass)
  order by 1, 2`;

/** The sessions that keep a table from being emptied, the oldest first. */
const BLOCKED = `
  select a.pid, l.relation::regclass::text as table_name, coalesce(a.xact_start, now()) as since
  from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
  where l.granted and l.pid <> pg_backend_pid() and l.relation in (select ('realtime.changes_' || t.id)::regclass from realtime.changes_tables t)
    and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
  order by a.xact_start nulls last limit 1`;
