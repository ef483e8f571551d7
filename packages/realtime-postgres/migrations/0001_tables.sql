-- The tables that the other migrations stand on: channels, messages, the outbox, and what the relay remembers.

create schema if not exists realtime;
create schema if not exists auth;

-- A time-ordered uuid (version 7): Postgres's own from 18 on. Without `set search_path`, so that it is inlined; every name is qualified.
do $$
  begin
    if to_regprocedure('pg_catalog.uuidv7()') is not null then
      create function realtime.uuid_v7() returns uuid language sql volatile parallel safe
        as $f$ select pg_catalog.uuidv7() $f$;
    else
      create function realtime.uuid_v7() returns uuid language sql volatile parallel safe
        as $f$
          select pg_catalog.encode(
            pg_catalog.set_bit(
              pg_catalog.set_bit(
                overlay(
                  pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
                  placing substring(
                    pg_catalog.int8send(pg_catalog.floor(extract(epoch from pg_catalog.clock_timestamp()) operator(pg_catalog.*) 1000)::pg_catalog.int8)
                    from 3
                  )
                  from 1 for 6
                ),
                52, 1
              ),
              53, 1
            ),
            'hex'
          )::pg_catalog.uuid
        $f$;
    end if;
  end
$$;

-- Channel patterns. A SELECT policy on this table decides who may subscribe.
create table realtime.channels (
  id uuid primary key default realtime.uuid_v7(),
  pattern text not null unique,
  description text,
  webhook_urls text[],
  enabled boolean not null default true,
  history_size integer not null default 300 check (history_size between 0 and 10000),
  history_ttl interval not null default interval '1 day' check (history_ttl > interval '0'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- The log. An INSERT policy on this table decides who may publish. `seq` is the order of all messages, `epoch` and `offset` the position
-- within a channel; the relay alone assigns the three.
create table realtime.messages (
  id uuid not null default realtime.uuid_v7(),
  logged_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  event_name text not null,
  channel_id uuid references realtime.channels (id) on delete set null,
  channel_name text not null,
  payload jsonb,
  -- The payload's JSON text, only where jsonb cannot hold it (U+0000, half a surrogate pair); `payload` is null then.
  exact_payload json,
  sender_type text not null default 'system' check (sender_type in ('system', 'user')),
  sender_id text,
  trace text,
  seq bigint,
  epoch text,
  "offset" bigint,
  ws_audience_count integer not null default 0,
  wh_audience_count integer not null default 0,
  wh_delivered_count integer not null default 0,
  primary key (id, logged_at)
) partition by range (logged_at);
create index messages_seq on realtime.messages (seq);
create index messages_channel on realtime.messages (channel_name, seq);
-- For the deletion of a channel's row; a message of a channel that is declared in code is not in it.
create index messages_channel_row on realtime.messages (channel_id) where channel_id is not null;
-- Catches what no daily partition takes, so that an insert never fails; retention empties it.
create table realtime.messages_default partition of realtime.messages default;

-- What writers insert, in their own transactions: no counter, no lock. The relay reads it by snapshot difference and deletes it later.
create table realtime.outbox (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  id uuid not null default realtime.uuid_v7(),
  created_at timestamptz not null default clock_timestamp(),
  channel_name text not null,
  event_name text not null,
  -- Null where `stored_at` says that the message stands in realtime.messages already (a publish by a user, under row-level security).
  payload json,
  sender_type text not null default 'system' check (sender_type in ('system', 'user')),
  sender_id text,
  trace text,
  -- Gate 4 has run in a node; the relay runs it for the rest, on channels that are declared in code.
  is_checked boolean not null default false,
  stored_at timestamptz,
  primary key (xid, seq)
);

-- One row per channel: where it stands. Deleted when its messages are; a channel that comes back gets a new epoch.
create table realtime.positions (
  channel_name text primary key,
  epoch text not null,
  "offset" bigint not null,
  updated_at timestamptz not null default now()
);

-- Of channels whose history is folded: the state of the messages up to an offset, as far as pages of readers have folded them. A reader goes on from there; it is deleted with the
-- position. A channel whose fold was changed goes on from what the former one made, unless its row is deleted.
create table realtime.fold_states (
  channel_name text primary key references realtime.positions (channel_name) on delete cascade,
  epoch text not null,
  "offset" bigint not null,
  state json not null
);

-- One row: what the relay remembers. `term` counts the relays; a relay of an older term cannot write.
create table realtime.relay_state (
  is_only boolean primary key default true check (is_only),
  term bigint not null default 0,
  last_seq bigint not null default 0,
  snapshot text not null default pg_current_snapshot()::text,
  system_identifier text not null default '',
  timeline text not null default ''
);
insert into realtime.relay_state default values;

-- Messages published from SQL that their channel's schema, declared in code, does not allow; and why.
create table realtime.refused (
  id uuid primary key,
  refused_at timestamptz not null default now(),
  channel_name text not null,
  event_name text not null,
  payload json,
  reason text not null
);

-- How often a broadcast with this key was accepted: once. `epoch` of the channel at that time is in the message itself.
create table realtime.idempotency_keys (
  channel_name text not null,
  key text not null,
  message_id uuid not null,
  expires_at timestamptz not null,
  primary key (channel_name, key)
);
create index idempotency_keys_expiry on realtime.idempotency_keys (expires_at);

-- What one node does at a time, as rows to be locked: any role may take an advisory lock, and only the owner a lock on these.
create table realtime.locks (name text primary key);
insert into realtime.locks values ('audience counts'), ('partitions'), ('changes'), ('policy functions');

-- Takes a lock until the transaction ends; false where another session holds it.
create function realtime.try_lock(lock_name text) returns boolean language plpgsql set search_path = '' as $$
begin
  perform 1 from realtime.locks l where l.name = lock_name for update skip locked;
  return found;
end $$;
revoke execute on function realtime.try_lock(text) from public;

-- Without a policy: only the owner, and the functions that run as it. A grant on all tables of the schema opens nothing.
alter table realtime.outbox enable row level security;
alter table realtime.positions enable row level security;
alter table realtime.fold_states enable row level security;
alter table realtime.relay_state enable row level security;
alter table realtime.refused enable row level security;
alter table realtime.locks enable row level security;
alter table realtime.idempotency_keys enable row level security;
