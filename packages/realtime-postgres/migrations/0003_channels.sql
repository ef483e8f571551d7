-- Channels and permissions in SQL: names and patterns, publish(), who the user is, and row-level security on channels and messages.

-- ---- names and patterns

-- True for a pattern that can be matched; raises otherwise, saying why and what to write.
create function realtime.is_pattern(pattern text) returns boolean
  language plpgsql immutable parallel safe set search_path = ''
  as $$
    declare
      v_segments text[] := string_to_array(pattern, ':');
      v_why text;
      v_hint text := 'Between two ":" write a literal, or "%" for any one segment; "%%" at the end stands for one segment or more: "order:%", "chat:%:messages", "log:%%".';
    begin
      if pattern = '' or octet_length(pattern) > 512 then
        v_why := 'has ' || octet_length(pattern) || ' bytes; it needs 1 to 512';
      elsif '' = any (v_segments) then
        v_why := 'has an empty segment';
      elsif pattern ~ '[[:cntrl:]]' then
        v_why := 'has a control character';
      else
        for i in 1 .. cardinality(v_segments) loop
          if v_segments[i] = '%%' and i < cardinality(v_segments) then
            v_why := 'has "%%" before its end';
          elsif v_segments[i] not in ('%', '%%') and strpos(v_segments[i], '%') > 0 then
            v_why := format('has "%%" inside the segment "%s"; "%%" is one whole segment', v_segments[i]);
          end if;
        end loop;
      end if;
      if v_why is not null then
        raise check_violation using message = format('The pattern "%s" %s.', pattern, v_why), hint = v_hint;
      end if;
      return true;
    end
  $$;

-- The pattern as a regular expression over decoded names. `_` is a literal; no name of a SQL channel holds `%`.
create function realtime.pattern_regex(pattern text) returns text
  language sql immutable parallel safe strict set search_path = ''
  as $$
    select '^' || string_agg(
      case segment
        when '%' then '[^:%]+'
        when '%%' then '[^:%]+(:[^:%]+)*'
        else regexp_replace(segment, '([].\\*+?(){}|^$[])', '\\\1', 'g')
      end, ':' order by place) || '$'
    from unnest(string_to_array(pattern, ':')) with ordinality as segments (segment, place)
  $$;

-- What all names of the pattern begin with: cheaper to compare than the regular expression.
create function realtime.pattern_prefix(pattern text) returns text
  language sql immutable parallel safe strict set search_path = ''
  as $$ select split_part(pattern, '%', 1) $$;

-- Sorts the patterns that match one name, most specific first: per segment a literal, then `%`, then `%%`; the leftmost difference decides.
create function realtime.pattern_specificity(pattern text) returns text
  language sql immutable parallel safe strict set search_path = ''
  as $$
    select string_agg(case segment when '%' then 'b' when '%%' then 'c' else 'a' end, '' order by place)
    from unnest(string_to_array(pattern, ':')) with ordinality as segments (segment, place)
  $$;

create function realtime.match(pattern text, name text) returns boolean
  language sql immutable parallel safe set search_path = ''
  as $$ select name ~ realtime.pattern_regex(pattern) $$;

-- What the placeholders of a pattern stand for in a name, in order; `%%` gives one element per segment.
create function realtime.params_of(pattern text, name text) returns text[]
  language sql immutable parallel safe set search_path = ''
  as $$
    select coalesce(array_agg(segment order by place), '{}')
    from unnest(string_to_array(name, ':')) with ordinality as segments (segment, place),
      (select string_to_array(pattern, ':') as written) as p
    where p.written[least(place, cardinality(p.written))] in ('%', '%%')
  $$;

alter table realtime.outbox add column if not exists channel_id uuid;
alter table realtime.channels
  add constraint channels_pattern_can_be_matched check (realtime.is_pattern(pattern)),
  add column matcher text generated always as (realtime.pattern_regex(pattern)) stored,
  add column prefix text generated always as (realtime.pattern_prefix(pattern)) stored,
  add column specificity text collate "C" generated always as (realtime.pattern_specificity(pattern)) stored;

-- The row that a decoded name belongs to, enabled or not: the most specific pattern that matches. Every name is qualified, so that no
-- `set search_path` has to be paid for with each request. In plpgsql, which keeps its plan.
create function realtime.channel_of(name text) returns realtime.channels
  language plpgsql stable security definer
  as $$
    declare
      v_channel realtime.channels;
    begin
      select * into v_channel from realtime.channels c
        where pg_catalog.starts_with(channel_of.name, c.prefix) and channel_of.name operator(pg_catalog.~) c.matcher
        order by c.specificity limit 1;
      return v_channel;
    end
  $$;

-- The names of the channels that are declared in code, as a regular expression; the relay writes it. What a row of realtime.channels says of
-- such a name decides nothing: neither its policies nor whether it is enabled. Messages are sent to its webhooks all the same.
create table realtime.code_channels (
  is_only boolean primary key default true check (is_only),
  names text
);
insert into realtime.code_channels default values;
alter table realtime.code_channels enable row level security; -- without a policy: only the owner

create function realtime.is_code_channel(name text) returns boolean
  language plpgsql stable security definer set search_path = ''
  as $$
    begin
      return exists (select from realtime.code_channels c where name ~ c.names);
    end
  $$;

create function realtime.on_channels_update() returns trigger
  language plpgsql set search_path = ''
  as $$
    begin
      new.updated_at := now();
      return new;
    end
  $$;
create trigger channels_updated before update on realtime.channels
  for each row execute function realtime.on_channels_update();

create function realtime.on_channels_change() returns trigger
  language plpgsql set search_path = ''
  as $$
    begin
      perform pg_notify('realtime_channels', '');
      return null;
    end
  $$;
create trigger channels_changed after insert or update or delete or truncate on realtime.channels
  for each statement execute function realtime.on_channels_change();

-- Another text after every change of the table: what a node without notifications polls.
create function realtime.channels_version() returns text
  language sql stable set search_path = ''
  as $$ select coalesce(md5(string_agg(c.id::text || c.xmin::text, ',' order by c.id)), '') from realtime.channels c $$;

-- ---- who the user is, as policies read it

-- Written with RETURN: names are looked up here, once, and so the functions need no `set search_path` and are put into the policies that
-- call them when those are planned.

do $$
  begin
    if to_regprocedure('auth.uid()') is null then
      create function auth.uid() returns uuid language sql stable
        return coalesce(
          nullif(current_setting('request.jwt.claim.sub', true), ''),
          nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')
        )::uuid;
    end if;
    if to_regprocedure('auth.role()') is null then
      create function auth.role() returns text language sql stable
        return coalesce(
          nullif(current_setting('request.jwt.claim.role', true), ''),
          nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
        );
    end if;
    if to_regprocedure('auth.jwt()') is null then
      create function auth.jwt() returns jsonb language sql stable
        return nullif(current_setting('request.jwt.claims', true), '')::jsonb;
    end if;
  end
$$;

-- The requested channel's name in a policy, decoded; null outside of one.
create function realtime.channel_name() returns text
  language sql stable
  return nullif(current_setting('realtime.channel_name', true), '');

-- What the placeholders of the matched pattern stand for: `(realtime.channel_params())[1]` is the order's id on `order:%`.
create function realtime.channel_params() returns text[]
  language sql stable
  return realtime.params_of(
    nullif(current_setting('realtime.channel_pattern', true), ''),
    nullif(current_setting('realtime.channel_name', true), '')
  );

-- ---- messages

-- Publishes from a trigger, or for whoever may execute this. Ignores row-level security. Returns the message's id; null where the
-- channel's pattern is disabled, and nothing is published then: a trigger's statement must not fail because nobody may listen.
-- A name that no pattern matches may be a channel declared in code, whose schema the relay then holds the message to.
create function realtime.publish(channel text, event text, payload jsonb) returns uuid
  language plpgsql security definer set search_path = ''
  as $$
    declare
      v_id uuid := realtime.uuid_v7();
      v_channel realtime.channels;
    begin
      if channel is null or channel = '' or octet_length(channel) > 1024 then
        raise invalid_parameter_value using message = format('realtime.publish: the channel "%s" needs a name of 1 to 1024 bytes.', left(channel, 100));
      end if;
      if event is null or event = '' or char_length(event) > 128 then
        raise invalid_parameter_value using message = format('realtime.publish: the event "%s" on "%s" needs a name of 1 to 128 characters.', left(event, 100), channel);
      end if;
      if octet_length(payload::text) > 65536 then
        raise program_limit_exceeded using
          message = format('realtime.publish: the payload of "%s" on "%s" has %s bytes; at most 65536 are taken.', event, channel, octet_length(payload::text)),
          hint = 'Publish an id, and let the receivers read the rest.';
      end if;
      v_channel := realtime.channel_of(channel);
      if v_channel.enabled is false then
        if not realtime.is_code_channel(channel) then
          return null;
        end if;
        v_channel.id := null;
      end if;
      insert into realtime.outbox (id, channel_id, channel_name, event_name, payload)
      values (v_id, v_channel.id, channel, event, coalesce(payload, 'null')::text::json);
      return v_id;
    end
  $$;

-- Whoever may write the outbox is the package itself; everyone else chooses channel, event and payload of a message, and nothing more.
create function realtime.on_message_of_user() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
    declare
      v_channel realtime.channels := realtime.channel_of(new.channel_name);
    begin
      if v_channel.enabled is not true then
        raise exception using errcode = 'RT001', message = format('The channel "%s" is unknown or disabled.', left(new.channel_name, 100));
      end if;
      if realtime.is_code_channel(new.channel_name) then
        raise exception using errcode = 'RT001',
          message = format('The channel "%s" is declared in code: its handler publishes, on a node.', left(new.channel_name, 100));
      end if;
      if octet_length(new.channel_name) > 1024 or new.event_name = '' or char_length(new.event_name) > 128 then
        raise exception using errcode = 'RT002', message = 'A channel needs a name of at most 1024 bytes, an event one of 1 to 128 characters.';
      end if;
      -- Twice what a node accepts: Postgres writes spaces, and numbers at length.
      if new.exact_payload is not null or octet_length(new.payload::text) > 131072 then
        raise exception using errcode = 'RT002', message = 'The payload is larger than 64 KiB.';
      end if;
      new.id := realtime.uuid_v7();
      new.logged_at := now();
      new.created_at := clock_timestamp();
      new.channel_id := v_channel.id;
      new.sender_type := 'user';
      new.sender_id := coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
      );
      new.trace := null;
      new.seq := null;
      new.epoch := null;
      new."offset" := null;
      new.ws_audience_count := 0;
      new.wh_audience_count := 0;
      new.wh_delivered_count := 0;
      -- What policies read is what is inserted, whatever the client has set.
      perform set_config('realtime.message_id', new.id::text, true),
        set_config('realtime.channel_name', new.channel_name, true),
        set_config('realtime.channel_pattern', v_channel.pattern, true);
      return new;
    end
  $$;
create trigger message_of_user before insert on realtime.messages
  for each row when (not has_table_privilege('realtime.outbox'::regclass::oid, 'insert'))
  execute function realtime.on_message_of_user();

-- The message stands in the log already; the outbox says that it waits for its number.
create function realtime.on_unnumbered_message() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
    begin
      insert into realtime.outbox (id, created_at, channel_id, channel_name, event_name, sender_type, sender_id, trace, is_checked, stored_at)
      values (new.id, new.created_at, new.channel_id, new.channel_name, new.event_name, new.sender_type, new.sender_id, new.trace, true, new.logged_at);
      return null;
    end
  $$;
create trigger unnumbered_message after insert on realtime.messages
  for each row when (new.seq is null) execute function realtime.on_unnumbered_message();

-- ---- row-level security: without a policy nobody has access

alter table realtime.channels enable row level security;
alter table realtime.channels force row level security;
alter table realtime.messages enable row level security;
alter table realtime.messages force row level security;
-- Forced, it applies to the owner too, which is the role that the nodes connect as.
create policy realtime_owner on realtime.channels to current_user using (true) with check (true);
create policy realtime_owner on realtime.messages to current_user using (true) with check (true);

-- Why the nodes do not see all rows, or null: a restrictive policy narrows what the owner sees and writes too, where it applies to it.
create function realtime.policy_on_owner() returns text
  language sql stable set search_path = ''
  as $$
    select format('The restrictive policy "%s" on realtime.%s narrows what the nodes themselves see, as it applies to their role "%s" too. Run: %s',
      p.polname, c.relname, current_user,
      case when 0 = any (p.polroles) then format('alter policy %I on realtime.%I to anon, authenticated;', p.polname, c.relname)
        else (select format('revoke %1$I from %2$I; select realtime.add_client_role(%1$L);', (select x.rolname from pg_catalog.pg_roles x where x.oid = r), current_user)
          from unnest(p.polroles) r where pg_has_role(r, 'usage') limit 1) end)
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    where p.polrelid in ('realtime.channels'::regclass, 'realtime.messages'::regclass) and not p.polpermissive
      and exists (select from unnest(p.polroles) r where r = 0 or pg_has_role(r, 'usage'))
      and not exists (select from pg_catalog.pg_roles r where r.rolname = current_user and (r.rolsuper or r.rolbypassrls))
    limit 1
  $$;

-- ---- decisions

-- A procedure that commits cannot have `set search_path`, and functions that policies call see the path of who calls: so every function,
-- operator and type is written with its schema here.

-- The two statements that decide. Planned once per session and role, while no request is set: the planner estimates with the values that it
-- finds, and `split_part(realtime.channel_name(), ':', 2)::uuid` would raise for every channel whose second part is no uuid, whatever pattern
-- the policy is about. With null they plan and decide nothing.
create function realtime.select_as_user(channel uuid) returns boolean
  language plpgsql set plan_cache_mode = force_generic_plan
  as $$
    begin
      return exists (select 1 from realtime.channels c where c.id operator(pg_catalog.=) select_as_user.channel);
    end
  $$;
create function realtime.insert_as_user(channel_name text, event_name text, payload jsonb) returns void
  language plpgsql set plan_cache_mode = force_generic_plan
  as $$
    begin
      insert into realtime.messages (channel_name, event_name, payload)
        select insert_as_user.channel_name, insert_as_user.event_name, insert_as_user.payload
        where insert_as_user.channel_name is not null;
    end
  $$;

-- Becomes the role of a client, or raises.
create function realtime.become(client_role text) returns void
  language plpgsql
  as $$
    begin
      perform pg_catalog.set_config('role', client_role, true);
      if current_user::pg_catalog.text operator(pg_catalog.<>) client_role or pg_catalog.has_table_privilege('realtime.outbox', 'insert') then
        raise insufficient_privilege using message = pg_catalog.format('The role "%s" is no role for clients', client_role);
      end if;
    end
  $$;

-- The message that this user's message id stands for on the channel, where it is known already.
create function realtime.message_of_key(channel text, message_key text) returns uuid
  language plpgsql stable set search_path = ''
  as $$
    begin
      return (select k.message_id from realtime.idempotency_keys k
        where k.channel_name = channel and k.key = message_key and k.expires_at > clock_timestamp());
    end
  $$;

-- Remembers it in the message's own transaction: a commit whose reply is lost, and the same message once more, are one message.
create function realtime.keep_message_key(channel text, message_key text, message uuid) returns void
  language plpgsql set search_path = ''
  as $$
    begin
      insert into realtime.idempotency_keys as k (channel_name, key, message_id, expires_at)
        values (channel, message_key, message, clock_timestamp() + interval '10 minutes')
        on conflict on constraint idempotency_keys_pkey
          do update set message_id = excluded.message_id, expires_at = excluded.expires_at where k.expires_at <= clock_timestamp();
      if not found then
        raise exception using errcode = 'RT003', message = 'The same message was stored at the same moment.'; -- and is found at the next try
      end if;
    end
  $$;

-- Decides what each of the users may do, each in a transaction of its own: nothing that one policy sets or writes reaches the next, and an
-- error refuses one request. Without `events` they subscribe: the channel's row is read, and the transaction rolled back. With `events` they
-- publish: the message is inserted, and the transaction committed; the last commit flushes all of them. A message whose key is known is not
-- inserted again. One element per request: "t" allowed, with the message's id; "f" refused; "d" no such channel or disabled; "!" and SQLSTATE
-- and why. Where the statement is cancelled (statement_timeout), this element and all that follow say so.
create procedure realtime.decide(
  roles text[], subjects text[], claims text[], names text[],
  events text[] default null, payloads text[] default null, keys text[] default null, inout results text[] default null)
  language plpgsql
  as $$
    declare
      v_is_publish constant boolean := events is not null;
      v_own_role constant pg_catalog.text := pg_catalog.current_setting('role');
      v_count constant integer := pg_catalog.cardinality(names);
      v_problem constant pg_catalog.text := realtime.policy_on_owner();
      v_planned_for pg_catalog.text;
      v_payload pg_catalog.jsonb;
      -- The channel of the request before, which most requests of a batch share.
      v_channel realtime.channels;
      v_name pg_catalog.text;
      v_step pg_catalog.text;
      v_result pg_catalog.text;
      v_is_retried boolean;
      v_context pg_catalog.text;
    begin
      results := '{}';
      if v_problem is not null then
        results := pg_catalog.array_fill('!42P17' operator(pg_catalog.||) v_problem, array[v_count]);
        return;
      end if;
      <<requests>>
      for i in 1 .. v_count loop
        v_is_retried := false;
        loop
          begin
            v_result := null;
            if v_is_publish then
              v_step := 'payload';
              v_payload := payloads[i]::pg_catalog.jsonb;
              v_step := 'policy';
              if keys[i] is not null then
                v_result := 't' operator(pg_catalog.||) realtime.message_of_key(names[i], keys[i])::pg_catalog.text;
              end if;
            end if;
            if v_result is null then
              v_step := 'channel';
              if v_name is null or v_name operator(pg_catalog.<>) names[i] then
                v_channel := realtime.channel_of(names[i]);
                v_name := names[i];
              end if;
              if v_channel.enabled is not true then
                v_result := 'd';
              else
                if v_planned_for is null or v_planned_for operator(pg_catalog.<>) roles[i] then
                  v_step := 'role';
                  perform realtime.become(roles[i]);
                  v_step := 'policy';
                  if v_is_publish then
                    perform realtime.insert_as_user(null, null, null);
                  else
                    perform realtime.select_as_user(null);
                  end if;
                  v_planned_for := roles[i];
                end if;
                v_step := 'policy';
                perform pg_catalog.set_config('role', roles[i], true),
                  pg_catalog.set_config('request.jwt.claims', claims[i], true),
                  pg_catalog.set_config('request.jwt.claim.sub', subjects[i], true),
                  pg_catalog.set_config('request.jwt.claim.role', roles[i], true),
                  pg_catalog.set_config('realtime.channel_name', v_name, true),
                  pg_catalog.set_config('realtime.channel_pattern', v_channel.pattern, true);
                if not v_is_publish then
                  v_result := case when realtime.select_as_user(v_channel.id) then 't' else 'f' end;
                else
                  perform realtime.insert_as_user(names[i], events[i], v_payload);
                  set constraints all immediate;
                  v_result := 't' operator(pg_catalog.||) pg_catalog.current_setting('realtime.message_id');
                  if keys[i] is not null then
                    perform pg_catalog.set_config('role', v_own_role, true);
                    perform realtime.keep_message_key(names[i], keys[i], pg_catalog.substr(v_result, 2)::pg_catalog.uuid);
                  end if;
                end if;
              end if;
            end if;
          exception when query_canceled or assert_failure or others then
            get stacked diagnostics v_context = pg_exception_context;
            v_result := realtime.failed_decision(v_step, sqlstate, sqlerrm, v_context);
          end;
          if not v_is_publish then
            rollback;
          else
            if v_count operator(pg_catalog.>) 1 then
              perform pg_catalog.set_config('synchronous_commit', 'off', true);
            end if;
            commit;
          end if;
          if pg_catalog.starts_with(v_result, '!57014') then
            -- The statement's time is over: nothing more is tried, and what was decided stands.
            results := pg_catalog.array_cat(results,
              pg_catalog.array_fill(v_result, array[v_count operator(pg_catalog.-) i operator(pg_catalog.+) 1]));
            exit requests;
          end if;
          -- Statistics may have changed at this moment, and the statement was planned anew, with this request's values.
          exit when v_is_retried or v_step operator(pg_catalog.<>) 'policy' or not pg_catalog.starts_with(v_result, '!');
          v_is_retried := true;
          v_planned_for := null;
          v_name := null;
        end loop;
        results := pg_catalog.array_append(results, v_result);
      end loop;
      if v_is_publish and v_count operator(pg_catalog.>) 1 then
        perform pg_catalog.pg_current_xact_id(); -- a commit of its own, which is flushed, and what stands before it in the log with it
        commit;
      end if;
    end
  $$;

create function realtime.failed_decision(step text, code text, message text, context text) returns text
  language sql immutable set search_path = ''
  as $$
    select '!' || case when step = 'payload' and code <> '57014' then 'RT002' else code end || message
      || case step
        when 'role' then '. Create the role where it does not exist, then call, as the owner of the schema realtime: select realtime.add_client_role(''…'')'
        else ''
      end
      || coalesce(E'\n' || left(context, 1000), '')
  $$;

-- ---- roles and grants

revoke execute on all functions in schema realtime from public;
revoke execute on all procedures in schema realtime from public;

-- Lets a role be the role of clients: its policies then decide. The owner of this schema must be able to switch to it.
create function realtime.add_client_role(client_role text) returns void
  language plpgsql set search_path = ''
  as $$
    declare
      v_is_16 boolean := current_setting('server_version_num')::integer >= 160000;
    begin
      if not pg_has_role(client_role, case when v_is_16 then 'set' else 'member' end) then
        begin
          -- Without the privileges of the role: its restrictive policies must not narrow what the owner sees.
          if v_is_16 then
            execute format('grant %I to current_user with inherit false, set true', client_role);
          else
            -- Before 16 a role inherits from all of its roles or from none: a role in between inherits nothing.
            begin
              create role realtime_switch nologin noinherit;
            exception when duplicate_object or unique_violation then
              null;
            end;
            execute format('grant %I to realtime_switch', client_role);
            grant realtime_switch to current_user;
          end if;
        exception when insufficient_privilege then
          raise insufficient_privilege using
            message = format('"%s" may not switch to the role "%s", under which policies are evaluated.', current_user, client_role),
            hint = format('Run as a superuser: grant %I to %I;', client_role, current_user);
        end;
      end if;
      execute format('grant usage on schema realtime to %I', client_role);
      -- Not webhook_urls, which may hold secrets. Not more of a message than a client may choose.
      execute format('grant select (id, pattern, description, enabled, created_at, updated_at) on realtime.channels to %I', client_role);
      execute format('grant insert (channel_name, event_name, payload) on realtime.messages to %I', client_role);
      execute format('grant execute on function realtime.uuid_v7(), realtime.select_as_user(uuid), realtime.insert_as_user(text, text, jsonb), realtime.channel_name(), realtime.channel_params(), realtime.params_of(text, text), realtime.match(text, text), realtime.pattern_regex(text) to %I', client_role);
      begin
        execute format('grant usage on schema auth to %I', client_role);
      exception when insufficient_privilege then
        null; -- the schema is another owner's, who has granted what is to be granted
      end;
    end
  $$;
revoke execute on function realtime.add_client_role(text) from public;

do $$
  declare
    v_role text;
  begin
    foreach v_role in array array['anon', 'authenticated'] loop
      begin
        if not exists (select from pg_roles where rolname = v_role) then
          execute format('create role %I nologin', v_role);
        end if;
      exception
        when duplicate_object or unique_violation then null; -- made for another database of this server, at the same moment
        when insufficient_privilege then null; -- said below
      end;
      begin
        perform realtime.add_client_role(v_role);
      exception when undefined_object or insufficient_privilege then
        raise warning 'The role "%" cannot be used for clients: %. Until then their requests are refused. Run as a superuser: create role %; grant % to %; then as the owner of the schema realtime: select realtime.add_client_role(''%'')',
          v_role, sqlerrm, v_role, v_role, current_user, v_role;
      end;
    end loop;
  end
$$;
