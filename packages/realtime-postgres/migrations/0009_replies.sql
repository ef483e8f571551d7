-- Client messages that have an id: claimed by the node that runs them, then kept with their reply for some minutes. PostgresReplyStore reads
-- and writes it. Logged, since a crash that emptied it would let messages run a second time.
create table realtime.replies (
  -- Hash of user, channel and id; an id may be any text.
  key bytea primary key,
  -- Hash of the user, whose replies are bounded together.
  owner bytea not null,
  -- Whose it is to run, until it expires.
  claim_id text not null,
  expires_at timestamptz not null,
  -- Null while it runs.
  reply text,
  -- `reply` is a JSON string, as in realtime.bus.
  is_escaped boolean not null default false
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index replies_expiry on realtime.replies (expires_at);
create index replies_owner on realtime.replies (owner, expires_at);
alter table realtime.replies enable row level security; -- without a policy: only the owner
revoke all on realtime.replies from public;
