-- Who may see and write what /annotations shows. The page's queries come from the browser; these policies decide on each row.
create table demo.members (
  hub_id text not null references demo.hubs,
  user_id text not null,
  primary key (hub_id, user_id)
);
insert into demo.members values ('north', 'mia'), ('south', 'sam');

alter table demo.widgets add column policy_scope text not null default 'private' check (policy_scope in ('private', 'public'));
update demo.widgets set policy_scope = 'public' where id in (3, 4);

alter table demo.members enable row level security;
alter table demo.widgets enable row level security;
alter table demo.annotations enable row level security;

-- One's own memberships; staff see and change all.
create policy own on demo.members for select to authenticated using (user_id = auth.jwt() ->> 'sub');
create policy staff on demo.members for all to authenticated
  using (auth.jwt() -> 'roles' ? 'staff') with check (auth.jwt() -> 'roles' ? 'staff');

-- Public widgets, and those of one's own hubs, whose members say which are public.
create policy public on demo.widgets for select to anon, authenticated using (policy_scope = 'public');
create policy hub on demo.widgets for all to authenticated using (
  exists (select from demo.members m where m.hub_id = widgets.hub_id and m.user_id = auth.jwt() ->> 'sub'));

-- What is on a widget that one sees, and what one has written oneself.
create policy widget on demo.annotations for select to anon, authenticated using (
  exists (select from demo.widgets w where w.id = annotations.widget_id));
create policy own on demo.annotations for select to authenticated using (author = auth.jwt() ->> 'sub');

-- Members write, under their own name; whoever has written something may change and delete it.
create policy write on demo.annotations for insert to authenticated with check (
  author = auth.jwt() ->> 'sub'
  and exists (select from demo.members m where m.hub_id = annotations.hub_id and m.user_id = auth.jwt() ->> 'sub'));
create policy change on demo.annotations for update to authenticated
  using (author = auth.jwt() ->> 'sub') with check (author = auth.jwt() ->> 'sub');
create policy remove on demo.annotations for delete to authenticated using (author = auth.jwt() ->> 'sub');

-- A page of another origin may embed one widget, which its token names in the claims. It sees that one and no other, public or not.
create policy embed on demo.widgets for select to authenticated using (id = (auth.jwt() ->> 'widget')::integer);
create policy embed_alone on demo.widgets as restrictive to authenticated
  using (auth.jwt() ->> 'widget' is null or id = (auth.jwt() ->> 'widget')::integer);
create policy embed_alone on demo.annotations as restrictive to authenticated
  using (auth.jwt() ->> 'widget' is null or widget_id = (auth.jwt() ->> 'widget')::integer);

grant usage on schema demo to anon, authenticated;
grant select on demo.hubs, demo.widgets, demo.annotations to anon, authenticated;
grant select, insert, delete on demo.members to authenticated;
grant update (policy_scope) on demo.widgets to authenticated;
grant insert (id, widget_id, author, category, body), update (category, body, version), delete on demo.annotations to authenticated;

-- An annotation is of its widget's hub, whatever a client says.
create function demo.set_hub() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
    begin
      new.hub_id := (select w.hub_id from demo.widgets w where w.id = new.widget_id);
      return new;
    end
  $$;
create trigger set_hub before insert on demo.annotations for each row execute function demo.set_hub();

select realtime.watch_table('demo.members');
