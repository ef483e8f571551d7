-- The relay: wakes, reads the outbox by snapshot difference, numbers, writes the log. Everything that has to be atomic happens here.

alter table realtime.relay_state
  -- Who may number, and until when; an expired lease is taken by whoever comes first, with the next term.
  add column holder text not null default '',
  add column lease_until timestamptz not null default '-infinity',
  -- Where more was found than one step takes: the snapshot whose rows are being numbered, and the last that was.
  add column target text,
  add column after_seq bigint not null default 0,
  -- The epoch of every channel that nothing was published on yet.
  add column fresh_epoch text not null default gen_random_uuid()::text,
  -- Changes where the numbers may have gone back: another server, a promoted replica, a restored backup.
  add column lineage text not null default gen_random_uuid()::text,
  -- The database and this table as the server numbers them: a dump that is restored beside or over the original has others.
  add column relation text not null default '';
alter table realtime.relay_state set (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);

alter table realtime.outbox
  -- The pattern in realtime.channels; null: a channel declared in code.
  add column channel_id uuid,
  -- One row must not be able to stop all others: what an index or NOTIFY cannot hold is refused where it is written.
  add constraint outbox_channel_name check (octet_length(channel_name) between 1 and 1024),
  add constraint outbox_event_name check (octet_length(event_name) between 1 and 1024);
alter table realtime.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Does every insert notify? In an embedded Postgres there is one session: it holds every lock, so the lock says nothing, and nobody
-- else commits, so that NOTIFY costs nothing.
create function realtime.always_wakes() returns boolean language sql immutable set search_path = ''
  as $$ select version() like '%PGlite%' $$;

-- The relay holds this lock shared while it sleeps. A writer that can have it knows that the relay polls, and does not NOTIFY: NOTIFY
-- makes the commits of all writers wait for each other. The insert comes before the test, so that the relay can wait for those who skip.
do $$
  begin
    if realtime.always_wakes() then
      create function realtime.wake_relay() returns trigger language plpgsql security definer set search_path = '' as $f$
        begin
          perform pg_notify('realtime_wake', '');
          return null;
        end
      $f$;
    else
      -- Names no table, type or operator, so that no `set search_path` has to be paid for with every insert.
      create function realtime.wake_relay() returns trigger language plpgsql as $f$
        begin
          if pg_catalog.pg_try_advisory_lock(7023450002) then
            perform pg_catalog.pg_advisory_unlock(7023450002);
          else
            perform pg_catalog.pg_notify('realtime_wake', '');
          end if;
          return null;
        end
      $f$;
    end if;
  end
$$;
create trigger wake_relay after insert on realtime.outbox for each statement execute function realtime.wake_relay();

-- A channel whose position is forgotten comes back with another epoch: also one that began in the epoch that new channels begin in.
-- The relay's row is locked before any position, as the relay does.
create function realtime.lock_relay() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from realtime.relay_state for no key update;
  return null;
end $$;
create function realtime.renew_epoch() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update realtime.relay_state set fresh_epoch = gen_random_uuid()::text
    where exists (select 1 from forgotten where forgotten.epoch = relay_state.fresh_epoch);
  return null;
end $$;
create trigger lock_relay before delete on realtime.positions for each statement execute function realtime.lock_relay();
create trigger renew_epoch after delete on realtime.positions referencing old table as forgotten
  for each statement execute function realtime.renew_epoch();

-- Null where jsonb cannot hold it: U+0000, half a surrogate pair, a number without end.
create function realtime.as_jsonb(payload json) returns jsonb language plpgsql immutable set search_path = '' as $$
begin
  return payload::jsonb;
exception when others then
  return null;
end $$;

-- Called with the messages of each step, in the step's transaction. Replaced where there are webhooks.
create function realtime.enqueue_webhooks(from_seq bigint, to_seq bigint) returns void language sql set search_path = ''
  as $$ select $$;

-- One step of the relay with this term: numbers what was committed since the last step, `page` rows at most.
-- `rows` is how many there were; null: another relay has taken over. Where rows have to pass gate 4 first, they are returned in
-- `unjudged` and nothing is changed: the step is to be repeated with `target` and the verdicts by id, { reason } for a refused one,
-- { payload, is_unplaced } for the others. `code_names` matches the channels that are declared in code, which a pattern may match too.
-- A message that a user inserted may have been deleted since: it gets no number, so that no number is missing.
-- `refusal` refuses every row of the page, for this reason.
-- The planner knows nothing of how many rows there are: every join here is a look-up in an index, whatever it expects. It plans once per
-- session: planning took more than half of the time of a step with few rows.
create function realtime.relay_step(
  my_term bigint, page integer, at_target text default null, verdicts jsonb default null, code_names text default null,
  refusal text default null,
  out rows integer, out target text, out unjudged json
) language plpgsql set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  state realtime.relay_state;
  locked realtime.relay_state;
  shown_before pg_snapshot;
  shown_now pg_snapshot;
  running xid8[];
  xids xid8[];
  seqs bigint[];
  has_stored boolean;
  numbered bigint;
begin
  select * into state from realtime.relay_state s where s.term = my_term;
  if state.term is null then return; end if;
  shown_before := state.snapshot::pg_snapshot;
  running := array(select pg_snapshot_xip(shown_before));
  target := coalesce(state.target, at_target, pg_current_snapshot()::text);
  shown_now := target::pg_snapshot;

  -- What this snapshot shows and the one before did not. Later statements see at least as much as the snapshot.
  select count(*), array_agg(paged.xid order by paged.seq), array_agg(paged.seq order by paged.seq), bool_or(paged.is_stored),
      json_agg(json_build_object('id', paged.id, 'channel', paged.channel_name, 'event', paged.event_name,
        'payload', paged.payload::text) order by paged.seq) filter (where paged.is_open)
    into rows, xids, seqs, has_stored, unjudged
    from (
      select o.xid, o.seq, o.id, o.channel_name, o.event_name, o.payload, o.stored_at is not null as is_stored,
          not o.is_checked and o.stored_at is null and (o.channel_id is null or o.channel_name ~ code_names) as is_open
        from realtime.outbox o
        where (o.xid >= pg_snapshot_xmax(shown_before) or o.xid = any (running))
          and pg_visible_in_snapshot(o.xid, shown_now) and o.seq > state.after_seq
        order by o.seq limit page
    ) paged;
  if rows = 0 and state.target is null then return; end if;
  if refusal is not null then
    verdicts := (select jsonb_object_agg(o.id, jsonb_build_object('reason', refusal))
      from unnest(xids, seqs) as k(xid, seq) join realtime.outbox o on o.xid = k.xid and o.seq = k.seq);
  end if;
  if unjudged is not null and verdicts is null then return; end if;
  unjudged := null;

  select * into locked from realtime.relay_state s where s.term = my_term for no key update; -- from here on, no other relay writes
  if locked.term is null or locked.snapshot <> state.snapshot or locked.after_seq <> state.after_seq then
    rows := null;
    return;
  end if;

  if verdicts is not null then
    insert into realtime.refused (id, channel_name, event_name, payload, reason)
      select o.id, o.channel_name, o.event_name,
          coalesce(o.payload, (select m.payload::text::json from realtime.messages m where m.id = o.id and m.logged_at = o.stored_at)),
          verdicts -> o.id::text ->> 'reason'
        from unnest(xids, seqs) as k(xid, seq) join realtime.outbox o on o.xid = k.xid and o.seq = k.seq
        where verdicts -> o.id::text ->> 'reason' is not null on conflict do nothing;
    if has_stored then -- it will never have a number, and its day could never be dropped
      delete from realtime.messages m
        using unnest(xids, seqs) as k(xid, seq) join realtime.outbox o on o.xid = k.xid and o.seq = k.seq
        where verdicts -> o.id::text ->> 'reason' is not null and m.id = o.id and m.logged_at = o.stored_at;
    end if;
  end if;

  insert into realtime.positions as p (channel_name, epoch, "offset")
    select o.channel_name, locked.fresh_epoch, count(*)
      from unnest(xids, seqs) as k(xid, seq) join realtime.outbox o on o.xid = k.xid and o.seq = k.seq
      where coalesce(verdicts -> o.id::text ->> 'reason', verdicts -> o.id::text ->> 'is_unplaced') is null
        and (o.stored_at is null
          or exists (select 1 from realtime.messages m where m.id = o.id and m.logged_at = o.stored_at))
      group by o.channel_name order by o.channel_name
    on conflict (channel_name) do update set "offset" = p."offset" + excluded."offset", updated_at = now();

  with accepted as materialized (
    select o.*, verdicts -> o.id::text as verdict
      from unnest(xids, seqs) as k(xid, seq) join realtime.outbox o on o.xid = k.xid and o.seq = k.seq
      where verdicts -> o.id::text ->> 'reason' is null and (o.stored_at is null
          or exists (select 1 from realtime.messages m where m.id = o.id and m.logged_at = o.stored_at))
  ), counted as (
    select a.*, row_number() over (order by a.seq) as nth,
        row_number() over of_channel as nth_of_channel, count(*) over (of_channel range between unbounded preceding and unbounded following) as in_channel,
        coalesce((a.verdict ->> 'payload')::json, a.payload) as body
      from accepted a
      window of_channel as (partition by a.channel_name, a.verdict ->> 'is_unplaced' order by a.seq)
  ), numbered as materialized (
    select c.*, locked.last_seq + c.nth as log_seq, p.epoch, p."offset" - c.in_channel + c.nth_of_channel as "offset",
        realtime.as_jsonb(c.body) as document
      from counted c
      left join realtime.positions p on p.channel_name = c.channel_name and c.verdict ->> 'is_unplaced' is null
  ), logged as (
    insert into realtime.messages (id, created_at, event_name, channel_id, channel_name, payload, exact_payload,
        sender_type, sender_id, trace, seq, epoch, "offset")
      select n.id, n.created_at, n.event_name, (select c.id from realtime.channels c where c.id = n.channel_id),
          n.channel_name, n.document, case when n.document is null then n.body end,
          n.sender_type, n.sender_id, n.trace, n.log_seq, n.epoch, n."offset"
        from numbered n where n.stored_at is null order by n.nth
  ), stored as (
    update realtime.messages m set seq = n.log_seq, epoch = n.epoch, "offset" = n."offset"
      from numbered n where has_stored and n.stored_at is not null and m.id = n.id and m.logged_at = n.stored_at
  )
  select count(*) into numbered from numbered;

  update realtime.relay_state s set
      last_seq = locked.last_seq + numbered,
      snapshot = case when rows < page then relay_step.target else s.snapshot end,
      target = case when rows < page then null else relay_step.target end,
      after_seq = case when rows < page then 0 else seqs[rows] end
    where s.term = my_term;
  if numbered > 0 then
    perform realtime.enqueue_webhooks(locked.last_seq + 1, locked.last_seq + numbered);
    perform pg_notify('realtime_log', (locked.last_seq + numbered)::text);
  end if;
end $$;

-- The same row by row, after a step has failed because of what a row is: the rows that cannot be numbered are refused, with the error as the
-- reason. Where none can be numbered the error is raised and nothing is refused: then it may be the database that is at fault, not the rows.
-- Returns how many rows there were, null where another relay has taken over.
create function realtime.relay_each(my_term bigint, page integer, at_target text, verdicts jsonb, out rows integer, out refused integer)
  language plpgsql set search_path = '' as $$
declare
  step record;
  why text;
  code text;
begin
  rows := 0;
  refused := 0;
  for n in 1 .. page loop
    begin
      select * into step from realtime.relay_step(my_term, 1, at_target, verdicts);
    exception when others then
      get stacked diagnostics why = message_text, code = returned_sqlstate;
      select * into step from realtime.relay_step(my_term, 1, at_target, verdicts, refusal => format('%s (%s)', why, code));
      refused := refused + 1;
    end;
    if step.rows is null then rows := null; end if;
    exit when step.rows is null or step.rows = 0;
    rows := rows + 1;
  end loop;
  if refused > 0 and refused = rows then
    raise exception using errcode = code, message = why;
  end if;
end $$;

-- What was numbered after a number, in order. It was logged after `read_at`, when that number was read, less the time that a user's own
-- INSERT may have waited for its commit: this lets Postgres skip older partitions. A function, because planning for all partitions takes
-- longer than reading.
create function realtime.log_after(number bigint, read_at timestamptz, page integer) returns setof realtime.messages
  language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return query select m.* from realtime.messages m
    where m.seq > number and m.logged_at > read_at - interval '1 day' order by m.seq limit page;
end $$;

-- Deletes outbox rows that have been numbered, and keys that are over; returns how many rows.
create function realtime.relay_clean(my_term bigint, page integer) returns integer language plpgsql set search_path = '' as $$
declare
  shown pg_snapshot;
  deleted integer;
begin
  select s.snapshot::pg_snapshot into shown from realtime.relay_state s where s.term = my_term;
  if shown is null then return 0; end if;
  delete from realtime.idempotency_keys where ctid = any (array(
    select k.ctid from realtime.idempotency_keys k where k.expires_at < now() limit page for update skip locked));
  delete from realtime.outbox where ctid = any (array(
    select o.ctid from realtime.outbox o
      where o.xid < pg_snapshot_xmax(shown) and pg_visible_in_snapshot(o.xid, shown) limit page));
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- Takes the lease where it is free or this holder's; the term, or null.
create function realtime.take_lease(me text, lease_ms integer) returns bigint language plpgsql set search_path = '' as $$
declare
  mine realtime.relay_state;
  server text := '';
  own_relation text := (select d.oid from pg_catalog.pg_database d where d.datname = current_database()) || '/' || 'realtime.relay_state'::regclass::oid;
  server_timeline text := '';
begin
  update realtime.relay_state s
    set term = s.term + 1, holder = me, lease_until = clock_timestamp() + lease_ms * interval '1 ms'
    where s.lease_until < clock_timestamp() or s.holder = me
    returning * into mine;
  if mine.term is null then return null; end if;
  begin
    select system_identifier::text into server from pg_control_system();
    server_timeline := left(pg_walfile_name(pg_current_wal_lsn()), 8);
  exception when insufficient_privilege or undefined_function or feature_not_supported then
    null; -- a service that hides them: its restores are not noticed
  end;
  if mine.system_identifier = server and mine.timeline = server_timeline and mine.relation = own_relation then return mine.term; end if;
  update realtime.relay_state s set system_identifier = server, timeline = server_timeline, relation = own_relation where s.term = mine.term;
  if mine.relation <> '' then perform realtime.begin_lineage(); end if;
  return mine.term;
end $$;

-- The numbers may have gone back, and so may the transaction ids that outbox and snapshot refer to: every channel gets a new epoch,
-- and what is not in the log yet is read again.
create function realtime.begin_lineage() returns void language plpgsql set search_path = '' as $$
begin
  update realtime.relay_state
    set lineage = gen_random_uuid()::text, fresh_epoch = gen_random_uuid()::text, snapshot = '3:3:', target = null, after_seq = 0;
  delete from realtime.positions;
  delete from realtime.outbox o
    where exists (select 1 from realtime.messages m where m.id = o.id and m.seq is not null)
      or exists (select 1 from realtime.refused r where r.id = o.id);
  update realtime.outbox set xid = pg_current_xact_id();
end $$;

revoke execute on function realtime.relay_step, realtime.relay_each, realtime.log_after, realtime.relay_clean, realtime.take_lease, realtime.begin_lineage,
  realtime.enqueue_webhooks, realtime.wake_relay, realtime.lock_relay, realtime.renew_epoch from public;
