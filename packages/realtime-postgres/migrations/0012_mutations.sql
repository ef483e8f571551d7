-- Changes that clients make through the live-query package. One that is sent again, because its reply was lost, receives the first result.

create table realtime.mutations (
  -- Whose: the role and the user's id.
  author text not null,
  -- The client's id of it.
  id text not null,
  xid xid8 not null default pg_current_xact_id(),
  reply jsonb not null,
  made_at timestamptz not null default now(),
  primary key (author, id)
);
create index mutations_made_at on realtime.mutations (made_at);
alter table realtime.mutations enable row level security; -- without a policy: only the owner
