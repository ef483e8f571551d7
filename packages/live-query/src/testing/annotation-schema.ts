/** The seed's tables: annotations on widgets, which members of a hub see, and all users where the widget is public. */
export const SCHEMA = `
  create table public.members (hub integer not null, user_id uuid not null, primary key (hub, user_id));
  create table public.widgets (id integer primary key, hub integer not null, policy_scope text not null default 'private');
  create table public.annotations (
    id uuid primary key,
    widget_id integer not null references public.widgets,
    actor_id uuid not null,
    body text not null,
    score bigint not null default 0,
    tags text[] not null default '{}',
    secret text,
    version integer not null default 1,
    created_at timestamptz not null default now()
  );
  alter table public.members enable row level security;
  alter table public.widgets enable row level security;
  alter table public.annotations enable row level security;
  create policy own on public.members for select to authenticated using (user_id = auth.uid());
  create policy hub on public.widgets for select to authenticated
    using (policy_scope = 'public' or exists (select from public.members m where m.hub = widgets.hub));
  create policy own on public.annotations for select to authenticated using (actor_id = auth.uid());
  create policy widget on public.annotations for select to authenticated
    using (exists (select from public.widgets w where w.id = annotations.widget_id));
  create policy write on public.annotations for insert to authenticated with check (actor_id = auth.uid());
  create policy change on public.annotations for update to authenticated using (actor_id = auth.uid()) with check (actor_id = auth.uid());
  create policy remove on public.annotations for delete to authenticated using (actor_id = auth.uid());
  grant usage on schema public to authenticated;
  grant select on public.members, public.widgets to authenticated;
  grant select, insert, update, delete on public.annotations to authenticated;
  select realtime.watch_table('public.members');
  select realtime.watch_table('public.widgets');
  select realtime.watch_table('public.annotations');
`;

export const MIA = "a0000000-0000-4000-8000-000000000001";
export const SAM = "b0000000-0000-4000-8000-000000000002";

/** Hub 1 with the member Mia, hub 2 without one; a private widget in each, and a public one. */
export const ROWS = `
  insert into public.members values (1, '${MIA}');
  insert into public.widgets values (1, 1, 'private'), (2, 2, 'private'), (3, 2, 'public');
`;
