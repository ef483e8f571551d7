-- Retention: partitions of realtime.messages by day, made ahead and dropped whole; and rows of other tables that nothing needs any more.

-- Clients reach messages through realtime.messages and its policies; what is granted on a partition by default reaches no row.
alter table realtime.messages_default enable row level security;

-- One row: when maintain() last came to its end, and what it did.
create table realtime.maintenance (
  is_only boolean primary key default true check (is_only),
  ran_at timestamptz not null default '-infinity',
  keep_days integer not null default 3,
  done text[] not null default '{}'
);
insert into realtime.maintenance default values;
alter table realtime.maintenance enable row level security; -- without a policy: only the owner

-- Makes the partition of one day (UTC), and moves into it what the default partition holds of that day. False where there is one.
create function realtime.create_partition(day date) returns boolean
  language plpgsql set search_path = ''
  as $$
    declare
      partition_name text := 'messages_' || to_char(day, 'YYYYMMDD');
      begins timestamptz := day::timestamp at time zone 'UTC';
      ends timestamptz := (day + 1)::timestamp at time zone 'UTC';
    begin
      if to_regclass('realtime.' || partition_name) is not null then
        return false;
      end if;
      -- Room in each page, so that an UPDATE of a count stays in it and touches no index.
      execute format('create table realtime.%I (like realtime.messages including defaults including constraints including storage) with (fillfactor = 85)', partition_name);
      execute format('alter table realtime.%I enable row level security', partition_name);
      lock table realtime.messages_default in access exclusive mode; -- nothing of that day may arrive between the move and the attachment
      execute format(
        'with moved as (delete from realtime.messages_default where logged_at >= %L and logged_at < %L returning *) insert into realtime.%I select * from moved',
        begins, ends, partition_name);
      execute format('alter table realtime.messages attach partition realtime.%I for values from (%L) to (%L)', partition_name, begins, ends);
      return true;
    end
  $$;

-- Drops the partition of one day, after its totals are kept in realtime.past_stats. Returns why not, or null.
create function realtime.drop_partition(day date) returns text
  language plpgsql set search_path = ''
  as $$
    declare
      partition_name text := 'messages_' || to_char(day, 'YYYYMMDD');
      is_unnumbered boolean;
    begin
      execute format('select exists (select from realtime.%I where seq is null)', partition_name) into is_unnumbered;
      if is_unnumbered then
        return 'it has messages that the relay has not numbered yet';
      end if;
      insert into realtime.past_stats select * from realtime.current_stats s where s.day = drop_partition.day;
      execute format('drop table realtime.%I', partition_name);
      return null;
    end
  $$;

-- Everything that is to be done now and then, each step in a transaction of its own that waits at most half a second for a lock and
-- does nothing where another node is at it. `done` says what was done and what has to wait for the next time.
create procedure realtime.maintain(
  keep_days integer default 3, days_ahead integer default 3, keep_dead_days integer default 30, inout done text[] default '{}')
  language plpgsql
  as $$
    declare
      -- A procedure that commits cannot have `set search_path`: each transaction begins with this one.
      v_path constant pg_catalog.text := 'pg_catalog, pg_temp';
      v_today pg_catalog.date;
      v_day pg_catalog.date;
      v_days pg_catalog.date[];
      v_reason pg_catalog.text;
      v_rows integer;
      v_page constant integer := 5000;
      v_step pg_catalog.text;
      v_is_there boolean;
    begin
      perform pg_catalog.set_config('search_path', v_path, true);
      if keep_days < 1 or days_ahead < 1 or keep_dead_days < 1 then
        raise invalid_parameter_value using message = 'realtime.maintain: keep_days, days_ahead and keep_dead_days have to be 1 or more.';
      end if;
      v_today := (now() at time zone 'UTC')::date;
      done := '{}';
      if realtime.fold_audience_counts() is null then
        done := done || text 'skipped the audience counts: another session is at it';
      end if;
      commit;

      perform pg_catalog.set_config('search_path', v_path, true);
      v_days := array(
        select v_today + n from generate_series(0, days_ahead) n
        union
        select (m.logged_at at time zone 'UTC')::date from realtime.messages_default m
          where m.logged_at >= (v_today - keep_days)::timestamp at time zone 'UTC' and m.logged_at < (v_today + days_ahead + 1)::timestamp at time zone 'UTC'
        order by 1);
      foreach v_day in array v_days loop
        begin
          perform set_config('lock_timeout', '500ms', true);
          v_is_there := to_regclass('realtime.messages_' || to_char(v_day, 'YYYYMMDD')) is not null;
          if not v_is_there and not realtime.try_lock('partitions') then
            done := done || format('did not make the partition of %s: another session is at it', v_day);
          elsif not v_is_there and realtime.create_partition(v_day) then
            done := done || format('made the partition of %s', v_day);
          end if;
        exception when lock_not_available then
          done := done || format('did not make the partition of %s: a table is locked', v_day);
        end;
        commit;
        perform pg_catalog.set_config('search_path', v_path, true);
      end loop;

      v_days := array(
        select to_date(right(c.relname, 8), 'YYYYMMDD')
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'realtime.messages'::regclass and c.relname ~ '^messages_\d{8}$'
        order by 1);
      foreach v_day in array v_days loop
        continue when v_day >= v_today - keep_days;
        begin
          perform set_config('lock_timeout', '500ms', true);
          if not realtime.try_lock('partitions') then
            done := done || format('did not drop the partition of %s: another session is at it', v_day);
          elsif to_regclass('realtime.messages_' || to_char(v_day, 'YYYYMMDD')) is not null then
            v_reason := realtime.drop_partition(v_day);
            done := done || case when v_reason is null then format('dropped the partition of %s', v_day)
              else format('did not drop the partition of %s: %s', v_day, v_reason) end;
          end if;
        exception when lock_not_available then
          done := done || format('did not drop the partition of %s: a table is locked', v_day);
        end;
        commit;
        perform pg_catalog.set_config('search_path', v_path, true);
      end loop;

      foreach v_step in array array['messages_default', 'webhook_deliveries', 'dead webhook_deliveries', 'refused', 'idempotency_keys', 'positions'] loop
        loop
          begin
            perform set_config('lock_timeout', '500ms', true);
            v_rows := realtime.delete_expired(v_step, v_page, case v_step when 'dead webhook_deliveries' then keep_dead_days else keep_days end);
          exception when lock_not_available then
            v_rows := 0;
            done := done || format('did not delete from %s: a table is locked', v_step);
          end;
          commit;
          perform pg_catalog.set_config('search_path', v_path, true);
          if v_rows > 0 then
            done := done || format('deleted %s rows of %s', v_rows, v_step);
          end if;
          exit when v_rows = 0;
        end loop;
      end loop;
      update realtime.maintenance m set ran_at = clock_timestamp(), keep_days = maintain.keep_days, done = maintain.done;
    end
  $$;

-- One page of what is older than so many days; returns how many rows.
create function realtime.delete_expired(what text, page integer, keep_days integer) returns integer
  language plpgsql set search_path = ''
  as $$
    declare
      before timestamptz := now() - keep_days * interval '1 day';
      deleted integer;
      names text[];
    begin
      case what
        when 'messages_default' then
          delete from realtime.messages_default where ctid = any (array(
            select m.ctid from realtime.messages_default m where m.logged_at < before and m.seq is not null limit page));
        when 'webhook_deliveries' then
          delete from realtime.webhook_deliveries where ctid = any (array(
            select d.ctid from realtime.webhook_deliveries d where d.state = 'delivered' and d.finished_at < before limit page for update skip locked));
        when 'dead webhook_deliveries' then
          delete from realtime.webhook_deliveries where ctid = any (array(
            select d.ctid from realtime.webhook_deliveries d where d.state = 'dead' and d.finished_at < before limit page for update skip locked));
        when 'refused' then
          delete from realtime.refused where ctid = any (array(select r.ctid from realtime.refused r where r.refused_at < before limit page));
        when 'idempotency_keys' then
          delete from realtime.idempotency_keys where ctid = any (array(
            select k.ctid from realtime.idempotency_keys k where k.expires_at < now() limit page for update skip locked));
        when 'positions' then
          -- Found before: deleting from positions stops the relay for the moment, also where there is nothing to delete.
          names := array(
            select p.channel_name from realtime.positions p where p.updated_at < before
              and not exists (select from realtime.messages m where m.channel_name = p.channel_name) limit least(page, 500));
          if cardinality(names) = 0 then
            return 0;
          end if;
          delete from realtime.positions where channel_name = any (names) and updated_at < before;
      end case;
      get diagnostics deleted = row_count;
      return deleted;
    end
  $$;

do $$
  declare
    today date := (now() at time zone 'UTC')::date;
  begin
    for n in 0 .. 3 loop
      perform realtime.create_partition(today + n);
    end loop;
  end
$$;

revoke execute on function realtime.create_partition(date), realtime.drop_partition(date), realtime.delete_expired(text, integer, integer) from public;
revoke execute on procedure realtime.maintain(integer, integer, integer, text[]) from public;
