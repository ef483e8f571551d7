-- The change feed: statement triggers write the rows that a watched table's transactions change; every node reads them by itself, by
-- snapshot difference. Three tables take turns, so that old changes go by TRUNCATE, whatever the readers do.

create sequence realtime.changes_seq;
create table realtime.changes_0 (
  xid xid8 not null default pg_current_xact_id(),
  -- Ascending in the order of the changes of one row, also across transactions: the second writer waits for the first one's row lock.
  seq bigint not null default nextval('realtime.changes_seq'),
  -- The watched table, or the root of its partitions.
  relation oid not null,
  -- i: insert, u: update, d: delete, x: anything in the table may have changed.
  kind "char" not null,
  -- Of the trigger; 1: of the statement that the client sent. A trigger that changes the table of its own statement is recorded first.
  depth smallint not null,
  before jsonb,
  after jsonb,
  primary key (xid, seq)
);
-- Emptied by TRUNCATE; a running vacuum would only be in its way.
alter table realtime.changes_0 set (autovacuum_enabled = false, toast.autovacuum_enabled = false);
create table realtime.changes_1 (like realtime.changes_0 including all);
create table realtime.changes_2 (like realtime.changes_0 including all);
alter table realtime.changes_1 set (autovacuum_enabled = false, toast.autovacuum_enabled = false);
alter table realtime.changes_2 set (autovacuum_enabled = false, toast.autovacuum_enabled = false);

create view realtime.changes with (security_invoker = true) as -- only the owner, as for the tables
  select * from realtime.changes_0 union all select * from realtime.changes_1 union all select * from realtime.changes_2;

-- What a writer has to see whatever its own snapshot shows: sequences are outside of transactions.
-- The table that is written to; -1: none, because they are too large and a transaction keeps them from being emptied.
create sequence realtime.changes_current minvalue -1 maxvalue 2 start 0;
-- Until when somebody reads, in seconds since 1970; later, writers write nothing.
create sequence realtime.changes_until minvalue 0 start 0;

-- What a reader has to know of each table to find out whether it missed something.
create table realtime.changes_tables (
  id smallint primary key,
  truncations bigint not null default 0,
  -- When it was last written to by default, and the snapshot after that: what it does not show, and is in the table, was still running.
  switched_at timestamptz,
  switched_in text,
  -- Of the rows that the last TRUNCATE removed: their transactions, the first and the last one, and those that `removed_in`, a snapshot,
  -- does not show. Null where there are more than `max_listed`.
  xids xid8[],
  first_xid xid8,
  last_xid xid8,
  removed_in text,
  late_xids xid8[],
  -- After a failure to lock it; a request for the lock makes readers wait behind it.
  try_at timestamptz not null default '-infinity'
);
insert into realtime.changes_tables (id) values (0), (1), (2);

create table realtime.changes_state (
  is_only boolean primary key default true check (is_only),
  began_at timestamptz not null default clock_timestamp(), -- with the current table
  pauses bigint not null default 0,
  max_listed integer not null default 1000,
  -- Of the three tables together; beyond that nothing is written while none of them can be emptied.
  max_bytes bigint not null default 1073741824
);
insert into realtime.changes_state default values;

alter table realtime.changes_0 enable row level security; -- without a policy: only the owner
alter table realtime.changes_1 enable row level security;
alter table realtime.changes_2 enable row level security;
alter table realtime.changes_tables enable row level security;
alter table realtime.changes_state enable row level security;

-- Images of rows.

-- Whether JSON would hold numbers of this type that a JavaScript number cannot: bigint, numeric, and what is made of them.
create function realtime.is_wide(type_oid oid) returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  found record;
begin
  if type_oid in (20, 1700) then return true; end if;
  select t.typtype, t.typbasetype, t.typrelid, t.typelem, t.typlen into found from pg_type t where t.oid = type_oid;
  if found.typtype = 'd' then return realtime.is_wide(found.typbasetype); end if;
  if found.typtype = 'c' then
    return exists (select from pg_attribute a
      where a.attrelid = found.typrelid and a.attnum > 0 and not a.attisdropped and realtime.is_wide(a.atttypid));
  end if;
  return found.typelem <> 0 and found.typlen = -1 and realtime.is_wide(found.typelem);
end $$;

-- The columns whose numbers an image holds as text.
create function realtime.wide_columns(target regclass) returns text[] language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(a.attname::text order by a.attnum), '{}') from pg_attribute a
    where a.attrelid = target and a.attnum > 0 and not a.attisdropped
      and a.atttypid not in (16, 23, 25, 1043, 1114, 1184, 2950, 3802) and realtime.is_wide(a.atttypid)
$$;

create function realtime.numbers_as_text(value jsonb) returns jsonb
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  case jsonb_typeof(value)
    when 'number' then return to_jsonb(value #>> '{}');
    when 'array' then
      return (select coalesce(jsonb_agg(realtime.numbers_as_text(e.value) order by e.place), '[]')
        from jsonb_array_elements(value) with ordinality as e (value, place));
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, realtime.numbers_as_text(e.value)), '{}') from jsonb_each(value) as e);
    else return value;
  end case;
end $$;

-- A row as clients see it: `image` is to_jsonb of the row with TimeZone UTC, `wide` the columns whose numbers become text.
create function realtime.as_image(image jsonb, wide text[]) returns jsonb
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  name text;
  value jsonb;
begin
  if image is null then return null; end if;
  foreach name in array wide loop
    value := image -> name;
    case jsonb_typeof(value)
      when 'number' then image := image || jsonb_build_object(name, value #>> '{}');
      when 'array', 'object' then image := image || jsonb_build_object(name, realtime.numbers_as_text(value));
      else null;
    end case;
  end loop;
  return image;
end $$;

-- Capture.

-- Nodes hold this lock shared while they sleep; see realtime.wake_relay(). The change is written before the test.
do $$
  begin
    if realtime.always_wakes() then
      create function realtime.wake_feeds() returns boolean language plpgsql as $f$
        begin
          perform pg_catalog.pg_notify('realtime_changes', '');
          return true;
        end
      $f$;
    else
      create function realtime.wake_feeds() returns boolean language plpgsql as $f$
        begin
          if pg_catalog.pg_try_advisory_lock(7023450020) then
            return pg_catalog.pg_advisory_unlock(7023450020);
          end if;
          perform pg_catalog.pg_notify('realtime_changes', '');
          return true;
        end
      $f$;
    end if;
  end
$$;

create function realtime.is_followed() returns boolean language sql volatile set search_path = pg_catalog, pg_temp
  as $$ select u.last_value > extract(epoch from clock_timestamp()) from realtime.changes_until u $$;

-- Runs in the statement of whoever writes to a watched table, with the rights of this schema's owner: writers need none.
-- Nothing that a row holds may make that statement fail: what has no image is recorded as kind x.
create function realtime.capture_changes() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'iso_8601'
  set bytea_output = 'hex' set extra_float_digits = 1 set lc_monetary = 'C' as $$
declare
  max_rows constant integer := 10000;
  max_row_bytes constant integer := 524288;
  max_bytes constant integer := 16777216;
  target constant oid := coalesce(pg_partition_root(tg_relid)::oid, tg_relid);
  change_kind "char" := 'x';
  change_depth constant smallint := pg_trigger_depth();
  current_table bigint;
  befores jsonb[];
  afters jsonb[];
  largest integer := 0; -- bytes of an image
  bytes bigint := 0;
  ignored boolean;
begin
  select c.last_value into current_table from realtime.changes_current c, realtime.changes_until u
    where c.last_value >= 0 and u.last_value > extract(epoch from clock_timestamp());
  if current_table is null then return null; end if;
  if tg_op <> 'TRUNCATE' then
    begin
      -- Both transition tables are in the order in which the rows were changed.
      if tg_op <> 'INSERT' then
        select array_agg(i.image), max(pg_column_size(i.image)), sum(pg_column_size(i.image)) into befores, largest, bytes
          from (select to_jsonb(r) as image from old_rows r limit max_rows + 1) i;
      end if;
      if tg_op <> 'DELETE' then
        select array_agg(i.image), greatest(largest, max(pg_column_size(i.image))), bytes + sum(pg_column_size(i.image)) into afters, largest, bytes
          from (select to_jsonb(r) as image from new_rows r limit max_rows + 1) i;
      end if;
      if befores is null and afters is null then return null; end if;
      if largest <= max_row_bytes and bytes <= max_bytes and greatest(cardinality(befores), cardinality(afters)) <= max_rows
          and (tg_op <> 'UPDATE' or cardinality(befores) = cardinality(afters)) then
        change_kind := lower(left(tg_op, 1));
      end if;
    exception when others then
      change_kind := 'x'; -- too large for JSON, or a cast of the application's that fails
    end;
  end if;
  if change_kind = 'x' then
    befores := array[null];
    afters := array[null];
  end if;
  if current_table = 0 then
    insert into realtime.changes_0 (relation, kind, depth, before, after)
      select target, change_kind, change_depth, u.before, u.after from unnest(befores, afters) as u (before, after);
  elsif current_table = 1 then
    insert into realtime.changes_1 (relation, kind, depth, before, after)
      select target, change_kind, change_depth, u.before, u.after from unnest(befores, afters) as u (before, after);
  else
    insert into realtime.changes_2 (relation, kind, depth, before, after)
      select target, change_kind, change_depth, u.before, u.after from unnest(befores, afters) as u (before, after);
  end if;
  ignored := realtime.wake_feeds();
  return null;
end $$;

-- Has everything that shows the table read again: after changes that no trigger records, such as an attached partition.
create function realtime.mark_changed(target regclass) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  current_table constant bigint := (select c.last_value from realtime.changes_current c);
begin
  if current_table < 0 or not realtime.is_followed() then return; end if;
  execute format('insert into realtime.changes_%s (relation, kind, depth) values ($1, ''x'', 1)', current_table)
    using coalesce(pg_partition_root(target)::oid, target::oid);
  perform realtime.wake_feeds();
end $$;

-- Which tables are watched.

create function realtime.has_change_triggers(target regclass) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*) = 4 from pg_trigger t
    where t.tgrelid = target and t.tgfoid = 'realtime.capture_changes'::regproc and t.tgenabled = 'A'
      and t.tgname in ('0_realtime_insert', '0_realtime_update', '0_realtime_delete', '0_realtime_truncate')
$$;

-- The table and all its partitions: a statement fires the triggers of the table that it names.
create function realtime.parts_of(target regclass) returns setof regclass
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select target union select t.relid from pg_partition_tree(target) t
$$;

create function realtime.is_watched(target regclass) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
  select bool_and(realtime.has_change_triggers(p)) from realtime.parts_of(target) p
$$;

-- Records the changes of a table from the commit on. True where it was not watched yet. To be called by the table's owner; waits a second
-- at most for writers that are at work, and fails then (SQLSTATE 55P03).
create function realtime.watch_table(target regclass) returns boolean
  language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '1s' as $$
declare
  class pg_class;
  part regclass;
  is_new boolean := false;
begin
  select * into class from pg_class c where c.oid = target;
  if class.relispartition then
    raise exception 'Refused to watch %, a partition. Watch the partitioned table %.', target, pg_partition_root(target) using errcode = '42809';
  elsif class.relkind not in ('r', 'p') or class.relpersistence = 't' then
    raise exception 'Refused to watch %: only ordinary and partitioned tables can be watched.', target using errcode = '42809';
  elsif class.relnamespace in ('realtime'::regnamespace, 'pg_catalog'::regnamespace, 'information_schema'::regnamespace) then
    raise exception 'Refused to watch %, a table of the system or of realtime itself.', target using errcode = '42809';
  elsif class.relkind = 'r' and exists (select from pg_inherits i where target in (i.inhrelid, i.inhparent)) then
    raise exception 'Refused to watch %: with inheritance, statements on one table change rows of another.', target using errcode = '42809';
  end if;
  for part in select p from realtime.parts_of(target) p loop
    if (select c.relkind from pg_class c where c.oid = part) = 'f' then
      raise exception 'Refused to watch %: its partition % is a foreign table.', target, part using errcode = '42809';
    end if;
    continue when realtime.has_change_triggers(part);
    is_new := true;
    -- Named so that they come before an application's triggers.
    execute format('create or replace trigger "0_realtime_insert" after insert on %s referencing new table as new_rows for each statement execute function realtime.capture_changes()', part);
    execute format('create or replace trigger "0_realtime_update" after update on %s referencing old table as old_rows new table as new_rows for each statement execute function realtime.capture_changes()', part);
    execute format('create or replace trigger "0_realtime_delete" after delete on %s referencing old table as old_rows for each statement execute function realtime.capture_changes()', part);
    execute format('create or replace trigger "0_realtime_truncate" after truncate on %s for each statement execute function realtime.capture_changes()', part);
    execute format('alter table %s enable always trigger "0_realtime_insert", enable always trigger "0_realtime_update", enable always trigger "0_realtime_delete", enable always trigger "0_realtime_truncate"', part);
  end loop;
  if is_new then perform realtime.mark_changed(target); end if;
  return is_new;
end $$;

-- The undo of realtime.watch_table. True where the table was watched.
create function realtime.unwatch_table(target regclass) returns boolean
  language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '1s' as $$
declare
  found record;
  was_watched boolean := false;
begin
  for found in
    select t.tgrelid::regclass as part, t.tgname as name from pg_trigger t
      where t.tgrelid in (select p from realtime.parts_of(target) p) and t.tgfoid = 'realtime.capture_changes'::regproc
  loop
    was_watched := true;
    execute format('drop trigger %I on %s', found.name, found.part);
  end loop;
  return was_watched;
end $$;

-- Reading.

-- Running transactions that have written to a watched table, maybe without recording it: before this call, nobody was known to read.
-- Locks have the lower 32 bits of a transaction's id; the first id of several is the transaction's, the others are of savepoints.
create function realtime.doubtful_xids() returns text[] language sql volatile set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(w.xid::text), '{}') from (
    select min(case when low.xid > low.next + 2147483648 then low.base + low.xid - 4294967296 else low.base + low.xid end) as xid
      from (select n.next % 4294967296 as next, n.next - n.next % 4294967296 as base, l.transactionid::text::bigint as xid, l.virtualtransaction
        from pg_locks l, (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next) n
        where l.locktype = 'transactionid' and l.granted and l.mode = 'ExclusiveLock' and l.virtualtransaction in (
          select r.virtualtransaction from pg_locks r
            where r.locktype = 'relation' and r.granted and r.mode not in ('AccessShareLock', 'RowShareLock')
              and r.database = (select d.oid from pg_database d where d.datname = current_database())
              and r.relation in (select t.tgrelid from pg_trigger t where t.tgfoid = 'realtime.capture_changes'::regproc))) low
      group by low.virtualtransaction) w
$$;

-- In another isolation level a snapshot would be older than the locks that were waited for.
create function realtime.require_read_committed() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'The change feed needs the isolation level READ COMMITTED. Set it for its role: alter role % set default_transaction_isolation = ''read committed''.',
      quote_ident(current_user) using errcode = '25001';
  end if;
end $$;

-- What a reader begins with. `identity` changes where transaction ids may have gone back: another server, a restart, a restored backup.
create function realtime.follow_changes(out identity text, out snapshot text, out known bigint[], out until bigint, out doubtful text[])
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  seconds constant bigint := extract(epoch from clock_timestamp());
  was_followed constant boolean := realtime.is_followed();
begin
  perform realtime.require_read_committed();
  identity := pg_postmaster_start_time()::text || '/' || 'realtime.changes_0'::regclass::oid
    || '/' || (select d.oid from pg_database d where d.datname = current_database());
  begin
    identity := identity || '/' || (select system_identifier from pg_control_system());
    identity := identity || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
  exception when insufficient_privilege or undefined_function or feature_not_supported then
    null; -- a service that hides them
  end;
  until := setval('realtime.changes_until', greatest(seconds + 300, (select u.last_value from realtime.changes_until u)));
  -- After that, and before the snapshot: who has ended meanwhile is visible in it.
  doubtful := case when was_followed then '{}' else realtime.doubtful_xids() end;
  select pg_current_snapshot()::text into snapshot;
  known := realtime.known_changes();
end $$;

-- Changes where rows may have been removed before they were read.
create function realtime.known_changes() returns bigint[] language sql volatile set search_path = pg_catalog, pg_temp as $$
  select array(select t.truncations from realtime.changes_tables t order by t.id) || s.pauses from realtime.changes_state s
$$;

-- Whether a TRUNCATE removed changes that `shown` does not show.
create function realtime.missed_changes(shown pg_snapshot, known bigint[]) returns boolean
  language sql volatile set search_path = pg_catalog, pg_temp as $$
  select coalesce(bool_or(
    case
      when t.truncations > known[t.id + 1] + 1 or t.truncations < known[t.id + 1] then true
      when t.xids is not null then exists (select from unnest(t.xids) x where not pg_visible_in_snapshot(x, shown))
      -- It shows all that the snapshot of the change of tables shows: it lacks at most those that were still running then.
      when t.late_xids is not null and pg_snapshot_xmax(t.removed_in::pg_snapshot) <= pg_snapshot_xmax(shown)
        and not exists (select from pg_snapshot_xip(shown) x where pg_visible_in_snapshot(x, t.removed_in::pg_snapshot))
        then exists (select from unnest(t.late_xids) x where not pg_visible_in_snapshot(x, shown))
      else t.last_xid >= pg_snapshot_xmax(shown)
        or exists (select from pg_snapshot_xip(shown) x where x between t.first_xid and t.last_xid)
    end), false)
  from realtime.changes_tables t where t.truncations <> known[t.id + 1]
$$;

-- Everything that is visible now and was not in the snapshot `shown`. The first row has the new snapshot and no change.
-- Without seqscan (the planner knows nothing of tables that are emptied), costs are so high before Postgres 18 that JIT would compile.
-- `lost` says why the changes are unknown: 'truncated', 'lapsed' (nobody was known to read), 'paused', 'too many', 'rewound'.
create function realtime.read_changes(shown text, known bigint[], until bigint, max_rows integer, max_bytes bigint)
  returns table (
    new_snapshot text, new_known bigint[], new_until bigint, lost text, doubtful text[],
    xid text, seq bigint, relation text, kind text, depth smallint, before jsonb, after jsonb
  )
  language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  seconds constant bigint := extract(epoch from clock_timestamp());
  before_xmax constant xid8 := pg_snapshot_xmax(shown::pg_snapshot);
  running constant xid8[] := array(select pg_snapshot_xip(shown::pg_snapshot));
  bytes bigint;
  rows bigint;
  is_short boolean := false;
begin
  perform realtime.require_read_committed();
  new_until := until;
  if until < seconds + 60 then lost := 'lapsed'; end if;
  if until < seconds + 280 then
    new_until := setval('realtime.changes_until', greatest(seconds + 300, (select u.last_value from realtime.changes_until u)));
  end if;
  -- TRUNCATE is not undone by an older snapshot: every snapshot below is newer than this lock, and no TRUNCATE comes after it.
  lock table realtime.changes_0, realtime.changes_1, realtime.changes_2 in access share mode;
  new_known := realtime.known_changes();
  if new_known <> known and (new_known[4] <> known[4] or realtime.missed_changes(shown::pg_snapshot, known)) then lost := 'truncated'; end if;
  if (select c.last_value < 0 from realtime.changes_current c) then lost := 'paused'; end if;
  if pg_snapshot_xmax(pg_current_snapshot()) < before_xmax then lost := 'rewound'; end if;
  if lost is null and (pg_relation_size('realtime.changes_0') + pg_relation_size('realtime.changes_1') + pg_relation_size('realtime.changes_2')) > 4194304 then
    select count(*), sum(coalesce(pg_column_size(c.before), 0) + coalesce(pg_column_size(c.after), 0)) into rows, bytes
      from realtime.changes c where c.xid >= before_xmax or c.xid = any (running);
    is_short := rows > max_rows or bytes > max_bytes;
    if is_short and (select count(*) from (
        select distinct c.xid, c.relation from realtime.changes c where c.xid >= before_xmax or c.xid = any (running)) d) > max_rows then
      lost := 'too many';
    end if;
  end if;
  if lost is not null then
    doubtful := case when lost in ('lapsed', 'paused', 'rewound') or new_known[4] <> known[4] then realtime.doubtful_xids() else '{}' end;
    new_snapshot := pg_current_snapshot()::text;
    return next;
  elsif is_short then
    return query
      select pg_current_snapshot()::text, new_known, new_until, null::text, null::text[], null::text, null::bigint, null::text, null::text, null::smallint, null::jsonb, null::jsonb
      union all
      select null, null, null, null, null, c.xid::text, max(c.seq), c.relation::text, 'x', 0::smallint, null, null
        from realtime.changes c where c.xid >= before_xmax or c.xid = any (running) group by c.xid, c.relation;
  else
    return query
      with delta as materialized (select * from realtime.changes c where c.xid >= before_xmax or c.xid = any (running)),
      wide as materialized (
        select d.relation, realtime.wide_columns(d.relation::regclass) as names, exists (select from pg_attribute a
            where a.attrelid = d.relation and a.attgenerated = 'v') as has_virtual -- the triggers see them as null
          from (select distinct delta.relation from delta) d)
      select pg_current_snapshot()::text, new_known, new_until, null::text, null::text[], null::text, null::bigint, null::text, null::text, null::smallint, null::jsonb, null::jsonb
      union all
      select null, null, null, null, null, d.xid::text, d.seq, d.relation::text, case when w.has_virtual then 'x' else d.kind::text end, d.depth,
          case when not w.has_virtual then realtime.as_image(d.before, w.names) end,
          case when not w.has_virtual then realtime.as_image(d.after, w.names) end
        from delta d join wide w on w.relation = d.relation;
  end if;
end $$;

-- Rotation.

-- Lets another table be written to where the current one is old or large, and empties those that were written to before, as far as no
-- transaction is still writing there. Every node calls it; it waits for nobody.
create function realtime.rotate_changes(rotate_after interval default interval '30 s', keep interval default interval '10 s') returns void
  language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '50ms' as $$
declare
  current_table integer;
  free_table integer;
  name text;
  state realtime.changes_state;
  candidate realtime.changes_tables;
begin
  if not realtime.try_lock('changes') then return; end if;
  select * into state from realtime.changes_state;
  select c.last_value into current_table from realtime.changes_current c;
  for candidate in select * from realtime.changes_tables t where t.id <> current_table order by t.id loop
    name := 'realtime.changes_' || candidate.id;
    if pg_relation_size(name::regclass) = 0 then
      free_table := coalesce(free_table, candidate.id);
    elsif coalesce(candidate.switched_at <= clock_timestamp() - keep, true) and candidate.try_at <= clock_timestamp()
        and not exists (select from pg_locks l where l.relation = name::regclass and l.mode = 'RowExclusiveLock' and l.granted
          and l.database = (select d.oid from pg_database d where d.datname = current_database())) then
      begin
        perform realtime.empty_changes(candidate);
        free_table := coalesce(free_table, candidate.id);
      exception when lock_not_available then
        update realtime.changes_tables t set try_at = clock_timestamp() + interval '5 s' where t.id = candidate.id;
      end;
    end if;
  end loop;
  if current_table < 0 then
    if free_table is not null then
      perform setval('realtime.changes_current', free_table);
      update realtime.changes_state set began_at = clock_timestamp(), pauses = pauses + 1;
    end if;
    return;
  end if;
  name := 'realtime.changes_' || current_table;
  if pg_relation_size(name::regclass) = 0 then return; end if;
  if free_table is null and (select sum(pg_total_relation_size(('realtime.changes_' || t.id)::regclass)) from realtime.changes_tables t) > state.max_bytes then
    free_table := -1;
    update realtime.changes_state set pauses = pauses + 1;
  end if;
  if free_table < 0 or free_table is not null and (state.began_at <= clock_timestamp() - rotate_after or pg_total_relation_size(name::regclass) > 33554432) then
    perform setval('realtime.changes_current', free_table);
    -- After that: the snapshot has to show as running whoever may have read the old value.
    update realtime.changes_tables t set switched_at = clock_timestamp(), switched_in = pg_current_snapshot()::text where t.id = current_table;
    update realtime.changes_state set began_at = clock_timestamp();
  end if;
end $$;

-- Empties one table, and keeps what readers need to find out whether they missed something. Raises lock_not_available.
create function realtime.empty_changes(candidate realtime.changes_tables) returns void
  language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
declare
  name constant text := 'realtime.changes_' || candidate.id;
  max_listed constant integer := (select s.max_listed from realtime.changes_state s);
  listed constant text := 'select nullif(array(select distinct c.xid from %s c where %s limit $1 + 1), ''{}'')';
  oldest xid8;
  newest xid8;
  all_xids xid8[];
  late xid8[] := '{}';
begin
  execute format('lock table %s in access exclusive mode', name); -- granted when nobody is writing to it, or has not ended yet
  execute format('select c.xid from %s c order by c.xid limit 1', name) into oldest;
  execute format('select c.xid from %s c order by c.xid desc limit 1', name) into newest;
  execute format(listed, name, 'true') into all_xids using max_listed;
  if candidate.switched_in is not null then
    execute format(listed, name, 'c.xid >= pg_snapshot_xmin($2) and not pg_visible_in_snapshot(c.xid, $2)')
      into late using max_listed, candidate.switched_in::pg_snapshot;
  end if;
  execute format('truncate table %s', name);
  if oldest is null then return; end if; -- of transactions that were rolled back
  update realtime.changes_tables t
    set truncations = t.truncations + 1, first_xid = oldest, last_xid = newest, removed_in = candidate.switched_in,
      xids = case when cardinality(all_xids) <= max_listed then all_xids end,
      late_xids = case when candidate.switched_in is not null and coalesce(cardinality(late), 0) <= max_listed then coalesce(late, '{}') end
    where t.id = candidate.id;
end $$;

revoke execute on function realtime.require_read_committed, realtime.is_followed, realtime.wake_feeds, realtime.capture_changes, realtime.mark_changed,
  realtime.watch_table, realtime.unwatch_table, realtime.follow_changes, realtime.doubtful_xids, realtime.known_changes, realtime.missed_changes,
  realtime.read_changes, realtime.rotate_changes, realtime.empty_changes from public;
