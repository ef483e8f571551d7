/** The readers: three users of whom one is an admin, and an anonymous visitor. */
export const USERS = [
  "a0000000-0000-4000-8000-000000000001",
  "a0000000-0000-4000-8000-000000000002",
  "a0000000-0000-4000-8000-000000000003",
  undefined,
] as const;

export const ROOMS = 4;

/** Tables with everything that policies and queries of this package may meet. */
export const FUZZ_SCHEMA = `
  create type public.kind as enum ('low', 'mid', 'high');
  create table public.rooms (id integer primary key, scope text not null default 'private', owner uuid);
  create table public.members (room integer, user_id uuid, level integer not null default 0, note text, primary key (room, user_id));
  create table public.blocked (user_id uuid primary key);
  create table public.items (
    id integer primary key, room integer, owner uuid, status text, prio integer, score numeric, big bigint, tags text[],
    title text, at timestamptz, ratio float8, is_open boolean, kind public.kind, secret text
  );
  alter table public.rooms enable row level security;
  alter table public.members enable row level security;
  alter table public.items enable row level security;
  create policy own on public.members for select using (user_id = auth.uid());
  create policy seen on public.rooms for select using (
    scope = 'public' or owner = auth.uid() or exists (select from public.members m where m.room = rooms.id and m.level > 1));
  grant usage on schema public to authenticated, anon;
  grant select on public.items, public.members, public.rooms to authenticated, anon;
  create function public.is_member(room integer) returns boolean language sql stable security definer
    begin atomic select exists (select from public.members m where m.room = $1 and m.user_id = auth.uid()); end;
  create function public.is_blocked() returns boolean language sql stable security definer
    begin atomic select exists (select from public.blocked b where b.user_id = auth.uid()); end;
  create function public.is_member_unseen(room integer) returns boolean language plpgsql stable security definer set search_path = '' as $$
    begin return exists (select from public.members m where m.room = is_member_unseen.room and m.user_id = auth.uid()); end $$;
  create function public.is_fine(item public.items) returns boolean language sql immutable
    begin atomic select (item).prio is null or (item).prio < 6; end;
  create function public.fuzz_read(queries jsonb) returns jsonb language plpgsql set timezone = 'UTC' as $$
    declare query record; result jsonb; results jsonb := '[]';
    begin
      for query in select * from jsonb_to_recordset(queries) as q (role text, subject text, claims text, sql text) loop
        perform set_config('role', query.role, true), set_config('request.jwt.claims', query.claims, true), set_config('request.jwt.claim.sub', query.subject, true);
        execute query.sql into result;
        results := results || jsonb_build_array(result);
      end loop;
      return results;
    end $$;
  select realtime.watch_table('public.rooms');
  select realtime.watch_table('public.members');
  select realtime.watch_table('public.blocked');
  select realtime.watch_table('public.items');
`;

export const LISTED = [
  ...["id", "room", "owner", "status", "prio", "score", "big", "tags", "title", "at", "ratio", "is_open", "kind"],
] as const;
