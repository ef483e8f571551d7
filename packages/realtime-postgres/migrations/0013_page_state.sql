-- The states of open pages, and claims of actions that run once: what PostgresStateStore of @repo/live-ui reads and writes. Logged, since a
-- crash that emptied it would lose what people have entered, and let an action that runs once run a second time.
create table realtime.page_states (
  -- Hash of the page's instance, or of a claim's key; both may be any text.
  key bytea primary key,
  -- Compared by each change.
  version integer not null,
  -- State, digest, fingerprint and last events; json, since jsonb cannot hold U+0000. Null: a claim.
  record json,
  expires_at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index page_states_expiry on realtime.page_states (expires_at);
alter table realtime.page_states enable row level security; -- without a policy: only the owner
revoke all on realtime.page_states from public;
