-- The members of presence channels, for all nodes: what PostgresPresenceStore of @repo/realtime-presence/postgres reads and writes.
create table realtime.presence (
  channel_name text not null,
  connection_id text not null,
  node_id text not null,
  -- Whose tabs are counted together: a user's, or an anonymous visitor's one connection.
  person text not null,
  -- A member's place in the list, and the cursor behind it.
  number bigint generated always as identity,
  -- The member as it was sent; json, since jsonb cannot hold U+0000.
  member json not null,
  bytes integer not null,
  primary key (channel_name, connection_id)
);
create index presence_list on realtime.presence (channel_name, number) include (bytes);
create index presence_person on realtime.presence (channel_name, person);
create index presence_node on realtime.presence (node_id);

-- When each node was last alive, by the database's own clock.
create table realtime.presence_nodes (
  node_id text primary key,
  beat_at timestamptz not null default clock_timestamp(),
  -- Since when it has done so without a break. Only such a node is proof that the database was there for the others to beat, too.
  since timestamptz not null default clock_timestamp()
);

alter table realtime.presence enable row level security; -- without a policy: only the owner
alter table realtime.presence_nodes enable row level security;
revoke all on realtime.presence, realtime.presence_nodes from public;

-- Rows to be locked, each for the channels of one hash: an advisory lock could be held by any role.
create table realtime.presence_locks (slot integer primary key);
insert into realtime.presence_locks select generate_series(0, 1023);
alter table realtime.presence_locks enable row level security; -- without a policy: only the owner

-- One writer of a channel at a time, until its transaction ends: no two nodes both add the first or the last member.
create function realtime.lock_presence(channel text) returns void
  language sql volatile set search_path = ''
  as $$ select from realtime.presence_locks where slot = hashtext(channel) & 1023 for update $$;

-- Adds a member, or replaces it in its place; unless a bound is reached (null: there is none). `known` is the member before.
create function realtime.put_presence(
  channel text, connection text, node text, who text, value json, size integer,
  max_tabs bigint, max_members bigint, max_bytes bigint,
  out tabs integer, out known json, out is_full text
)
  language plpgsql volatile set search_path = ''
  as $$
    declare
      before realtime.presence;
      list record;
    begin
      perform realtime.lock_presence(channel);
      select * into before from realtime.presence p where p.channel_name = channel and p.connection_id = connection;
      known := before.member;
      select count(*)::integer into tabs from realtime.presence p where p.channel_name = channel and p.person = who;
      select count(*) as members, coalesce(sum(p.bytes), 0) as bytes into list
        from realtime.presence p where p.channel_name = channel;
      is_full := case
        when before.person is distinct from who and tabs >= max_tabs then 'tabs'
        when before.person is null and list.members >= max_members then 'members'
        when size > coalesce(before.bytes, 0) and list.bytes + size - coalesce(before.bytes, 0) > max_bytes then 'bytes'
      end;
      if is_full is not null then
        if before.person is distinct from who and before.person is not null then -- the caller counts whom the list has
          select count(*)::integer into tabs
            from realtime.presence p where p.channel_name = channel and p.person = before.person;
        end if;
        return;
      end if;
      insert into realtime.presence (channel_name, connection_id, node_id, person, member, bytes)
        values (channel, connection, node, who, value, size)
        on conflict (channel_name, connection_id) do update
          set node_id = excluded.node_id, person = excluded.person, member = excluded.member, bytes = excluded.bytes;
      if before.person is distinct from who then tabs := tabs + 1; end if;
    end
  $$;

-- Removes a member; `tabs` are those that its person still has.
create function realtime.remove_presence(channel text, connection text, out tabs integer, out known json)
  language plpgsql volatile set search_path = ''
  as $$
    declare
      who text;
    begin
      perform realtime.lock_presence(channel);
      delete from realtime.presence p where p.channel_name = channel and p.connection_id = connection
        returning p.member, p.person into known, who;
      select count(*)::integer into tabs from realtime.presence p where p.channel_name = channel and p.person = who;
    end
  $$;

revoke execute on function
  realtime.lock_presence, realtime.put_presence, realtime.remove_presence from public;
