-- What nodes send each other: commands, heartbeats, and messages of channels without a history. Read by snapshot difference, as the outbox
-- is, and deleted after some seconds. Unlogged, so that a text costs no flush of the log: a crash of the server empties it, and the nodes
-- find by their own numbers what was in it. Only the owner reads and writes it: whoever could write here could publish on every channel.
create unlogged table realtime.bus (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  created_at timestamptz not null default clock_timestamp(),
  topic text not null,
  text text not null,
  -- `text` is a JSON string: the text has U+0000 or half a surrogate pair in it, which Postgres cannot hold.
  is_escaped boolean not null default false,
  primary key (xid, seq)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index bus_age on realtime.bus (created_at);
alter table realtime.bus enable row level security; -- without a policy: a grant on all tables of the schema opens nothing
revoke all on realtime.bus from public;
