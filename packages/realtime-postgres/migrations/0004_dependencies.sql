-- Revocation follows the data: which tables the SELECT policies on realtime.channels read, and triggers on those tables that tell the nodes
-- to check their subscriptions again.

-- A change of the table may take away subscriptions of the pattern.
create table realtime.permission_dependencies (
  table_name regclass not null,
  -- Empty: of every pattern.
  pattern text not null,
  -- "found" in a policy, or "declared" by realtime.depends_on.
  origin text not null check (origin in ('found', 'declared')),
  -- The columns that policies read; null: any.
  columns text[],
  -- A new row may take access away too; false where it can only give access.
  is_on_insert boolean not null,
  -- Why there is no trigger; changes are found by the periodic check alone then.
  problem text,
  primary key (table_name, pattern, origin)
);

-- What has been analysed: compared with what is there now.
create table realtime.permission_state (
  is_only boolean primary key default true check (is_only),
  version text not null default '',
  -- Functions that policies call, directly or not.
  functions oid[] not null default '{}',
  -- Those of them whose bodies cannot be looked into: no BEGIN ATOMIC. What they read must be declared.
  opaque_functions text[] not null default '{}'
);
insert into realtime.permission_state default values;

alter table realtime.permission_dependencies enable row level security; -- without a policy: only the owner
alter table realtime.permission_state enable row level security;

-- Another text after every change of a SELECT policy on realtime.channels, or of a function that one calls.
create function realtime.permissions_version() returns text
  language sql stable set search_path = ''
  as $$
    select coalesce(md5(string_agg(found.part, ',' order by found.part)), '') from (
      select 'p' || p.oid || ':' || p.xmin as part from pg_catalog.pg_policy p
        where p.polrelid in ('realtime.channels'::regclass, 'realtime.messages'::regclass)
      union all
      select 'f' || f.oid || ':' || f.xmin from realtime.permission_state s
        join pg_catalog.pg_proc f on f.oid = any (s.functions)
      union all
      select 'd' || d.table_name::oid || ':' || d.pattern from realtime.permission_dependencies d where d.origin = 'declared'
    ) found
  $$;

-- Everything that each SELECT policy leads to: tables, views, functions with BEGIN ATOMIC, policies of the tables that it reads.
create function realtime.policy_references() returns table (policy oid, classid oid, objid oid)
  language sql stable set search_path = ''
  as $$
    with recursive reached (policy, classid, objid) as (
      select p.oid, 'pg_catalog.pg_policy'::regclass::oid, p.oid from pg_catalog.pg_policy p
        where p.polrelid = 'realtime.channels'::regclass and p.polcmd in ('r', '*') and p.polname <> 'realtime_owner'
      union
      select r.policy, next.classid, next.objid from reached r cross join lateral (
        select d.refclassid, d.refobjid from pg_catalog.pg_depend d
          where d.classid = r.classid and d.objid = r.objid
            and r.classid in ('pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_rewrite'::regclass)
            and d.refclassid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass)
        union all
        select 'pg_catalog.pg_rewrite'::regclass::oid, w.oid from pg_catalog.pg_rewrite w
          where r.classid = 'pg_catalog.pg_class'::regclass and w.ev_class = r.objid
        union all
        select 'pg_catalog.pg_policy'::regclass::oid, p.oid from pg_catalog.pg_policy p
          where r.classid = 'pg_catalog.pg_class'::regclass and p.polrelid = r.objid and p.polrelid <> 'realtime.channels'::regclass
      ) next (classid, objid)
    )
    select * from reached
  $$;

-- The SELECT policies, with the tables behind them. `columns` is null where a whole row is read; `is_direct` where the policy's own text
-- reads the table, and nothing that it calls.
create function realtime.policy_tables()
  returns table (policy name, condition text, table_name regclass, columns text[], is_direct boolean)
  language sql stable set search_path = ''
  as $$
    with found as materialized (select * from realtime.policy_references()),
    used as (
      select f.policy, f.classid, d.refobjid as relation, d.refobjsubid as place from found f
      join pg_catalog.pg_depend d on d.classid = f.classid and d.objid = f.objid and d.refclassid = 'pg_catalog.pg_class'::regclass
      where f.classid <> 'pg_catalog.pg_class'::regclass and d.deptype = 'n'
    ),
    whole as (
      select f.policy from found f
      left join pg_catalog.pg_policy p on f.classid = 'pg_catalog.pg_policy'::regclass and p.oid = f.objid
      left join pg_catalog.pg_proc r on f.classid = 'pg_catalog.pg_proc'::regclass and r.oid = f.objid
      left join pg_catalog.pg_rewrite w on f.classid = 'pg_catalog.pg_rewrite'::regclass and w.oid = f.objid
      where concat(p.polqual::text, r.prosqlbody::text, w.ev_action::text) like '%:varattno 0 %'
    )
    select p.polname, pg_catalog.pg_get_expr(p.polqual, p.polrelid), u.relation::regclass,
      case when p.oid in (select w.policy from whole w) or count(a.attname) = 0 then null
        else array_agg(distinct a.attname::text) filter (where a.attname is not null) end,
      bool_and(u.classid = 'pg_catalog.pg_policy'::regclass and exists (
        select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid and d.refobjid = u.relation))
    from used u
    join pg_catalog.pg_policy p on p.oid = u.policy
    join pg_catalog.pg_class c on c.oid = u.relation and c.relkind in ('r', 'p') and c.relnamespace <> 'realtime'::regnamespace
    left join pg_catalog.pg_attribute a on a.attrelid = u.relation and a.attnum = u.place and u.place > 0
    group by p.oid, p.polname, p.polqual, p.polrelid, u.relation
  $$;

-- Sent in the transaction that changes the table; one notification per pattern and transaction, however many rows change.
create function realtime.on_permission_change() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
    begin
      for i in 0 .. tg_nargs - 1 loop
        perform pg_notify('realtime_permissions', tg_argv[i]);
      end loop;
      return null;
    end
  $$;

-- Makes the table's triggers say what realtime.permission_dependencies says. Returns why that was not possible, or null.
create function realtime.sync_permission_triggers(target regclass) returns text
  language plpgsql set search_path = ''
  as $$
    declare
      v_patterns text;
      v_condition text;
      v_is_any boolean;
      v_is_on_insert boolean;
      v_wanted text[] := '{}';
      v_statements text[] := '{}';
      v_name text;
    begin
      select string_agg(distinct quote_literal(d.pattern), ', '), bool_or(d.columns is null), bool_or(d.is_on_insert)
        into v_patterns, v_is_any, v_is_on_insert
        from realtime.permission_dependencies d where d.table_name = target;
      if v_patterns is not null then
        v_statements := array[format('after delete or truncate on %s for each statement', target)];
        if v_is_on_insert then
          v_statements := v_statements || format('after insert on %s for each statement', target);
        end if;
        if v_is_any then
          v_statements := v_statements || format('after update on %s for each statement', target);
        else
          -- Per row, because only its condition compares values: an UPDATE of other columns costs nothing.
          -- A type without an equality of its own is compared as text.
          select string_agg(distinct format('old.%1$I%2$s is distinct from new.%1$I%2$s', a.attname, case when exists (
              select from pg_catalog.pg_operator o where o.oprname = '=' and o.oprleft = a.atttypid and o.oprright = a.atttypid
            ) then '' else '::text' end), ' or ')
            into v_condition
            from realtime.permission_dependencies d, unnest(d.columns) c
            join pg_catalog.pg_attribute a on a.attrelid = target and a.attname = c
            where d.table_name = target;
          v_statements := v_statements || format('after update on %s for each row when (%s)', target, v_condition);
        end if;
      end if;
      perform set_config('lock_timeout', '100ms', true);
      for i in 1 .. cardinality(v_statements) loop
        -- The name holds a hash of the definition: an equal trigger is left alone, and its table is not locked.
        v_name := 'realtime_recheck_' || left(md5(v_statements[i] || v_patterns), 12);
        v_wanted := v_wanted || v_name;
        if not exists (select from pg_catalog.pg_trigger t where t.tgrelid = target and t.tgname = v_name) then
          execute format('create trigger %I %s execute function realtime.on_permission_change(%s)', v_name, v_statements[i], v_patterns);
        end if;
      end loop;
      for v_name in
        select t.tgname from pg_catalog.pg_trigger t
        where t.tgrelid = target and t.tgname like 'realtime\_recheck\_%' and t.tgname <> all (v_wanted) and t.tgparentid = 0
      loop
        execute format('drop trigger %I on %s', v_name, target);
      end loop;
      return null;
    exception
      when lock_not_available then
        raise; -- somebody uses the table; whoever called tries again
      when others then
        return sqlerrm;
    end
  $$;

-- Takes what an analysis has found in the place of what was found before. `dependencies` is [{ table (its oid), pattern, columns, isOnInsert }].
create function realtime.set_dependencies(at_version text, dependencies jsonb) returns void
  language plpgsql set search_path = ''
  as $$
    declare
      v_tables regclass[];
      v_table regclass;
      v_problem text;
      v_is_current boolean;
    begin
      perform 1 from realtime.permission_state for update; -- one node at a time; a role without privileges cannot hold it up
      v_is_current := at_version = realtime.permissions_version();
      -- A table that was dropped has left its identifier.
      delete from realtime.permission_dependencies d
        where not exists (select from pg_catalog.pg_class c where c.oid = d.table_name::oid);
      select array_agg(distinct d.table_name) into v_tables from realtime.permission_dependencies d;
      delete from realtime.permission_dependencies d where d.origin = 'found';
      insert into realtime.permission_dependencies (table_name, pattern, origin, columns, is_on_insert)
        select (f ->> 'table')::oid::regclass, f ->> 'pattern', 'found',
          case when jsonb_typeof(f -> 'columns') = 'array' then array(select jsonb_array_elements_text(f -> 'columns')) end,
          (f ->> 'isOnInsert')::boolean
        from jsonb_array_elements(dependencies) f;
      for v_table in
        select d.table_name from realtime.permission_dependencies d union select unnest(v_tables)
      loop
        v_problem := realtime.sync_permission_triggers(v_table);
        update realtime.permission_dependencies d set problem = v_problem where d.table_name = v_table;
      end loop;
      update realtime.permission_state s set
        functions = array(select distinct r.objid from realtime.policy_references() r where r.classid = 'pg_catalog.pg_proc'::regclass),
        opaque_functions = array(
          select distinct f.oid::regprocedure::text from realtime.policy_references() r
          join pg_catalog.pg_proc f on r.classid = 'pg_catalog.pg_proc'::regclass and f.oid = r.objid
          where f.prosqlbody is null and f.pronamespace not in (
            select n.oid from pg_catalog.pg_namespace n where n.nspname in ('pg_catalog', 'realtime', 'auth')));
      -- The functions are part of the version. Where the catalogue has changed since it was read, it is analysed again.
      update realtime.permission_state set version = case when v_is_current then realtime.permissions_version() else '' end;
      perform pg_notify('realtime_permissions', '');
    end
  $$;

-- Declares that subscriptions of a pattern depend on a table, where the policy hides it: in a function without BEGIN ATOMIC, in dynamic SQL.
-- A null pattern means all.
create function realtime.depends_on(pattern text, table_name regclass) returns void
  language plpgsql set search_path = ''
  as $$
    declare
      v_problem text;
    begin
      insert into realtime.permission_dependencies (table_name, pattern, origin, is_on_insert)
        values (depends_on.table_name, coalesce(depends_on.pattern, ''), 'declared', true)
        on conflict do nothing;
      v_problem := realtime.sync_permission_triggers(depends_on.table_name);
      if v_problem is not null then
        raise exception 'No trigger can be made on %: %', depends_on.table_name, v_problem
          using hint = format('Run as the table''s owner: grant trigger on %s to %I;', depends_on.table_name, current_user);
      end if;
    end
  $$;

revoke execute on all functions in schema realtime from public;
