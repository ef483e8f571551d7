import type { LiveTableNames } from "../feature/live-table-names.js";

/** The migration of a table that clients query: rows belong to who inserts them, until its policies say otherwise. */
export function liveTableMigrationTemplate({ table }: LiveTableNames): string {
  return `-- The table ${table}, which clients query and change. Its policies decide which rows each user sees and changes.

create table if not exists public.${table} (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null default auth.uid(), -- the user who inserts the row; clients do not write it
  body text not null check (body <> ''),
  version integer not null default 1, -- raised by one with each update
  created_at timestamptz not null default now()
);
create index if not exists ${table}_newest on public.${table} (created_at desc);

-- What a role may do at all; the policies below say with which rows.
grant usage on schema public to authenticated;
grant select, insert, update, delete on public.${table} to authenticated;

-- Change these conditions to yours. A table that a policy reads has to be watched, too.
alter table public.${table} enable row level security;
drop policy if exists ${table}_select on public.${table};
create policy ${table}_select on public.${table} for select to authenticated using (owner_id = auth.uid());
drop policy if exists ${table}_insert on public.${table};
create policy ${table}_insert on public.${table} for insert to authenticated with check (owner_id = auth.uid());
drop policy if exists ${table}_update on public.${table};
create policy ${table}_update on public.${table} for update to authenticated
  using (owner_id = auth.uid()) with check (owner_id = auth.uid());
drop policy if exists ${table}_delete on public.${table};
create policy ${table}_delete on public.${table} for delete to authenticated using (owner_id = auth.uid());

-- Records the table's changes. The undo: select realtime.unwatch_table('public.${table}');
select realtime.watch_table('public.${table}');
`;
}
