-- Everything that makes /orders live: one table, two policies, one trigger. No line of TypeScript declares this channel.
create table demo.orders (
  id integer generated always as identity primary key,
  customer text not null,
  item text not null,
  status text not null default 'placed',
  changed_at timestamptz not null default clock_timestamp()
);

-- "orders:mia" has Mia's orders, "orders:all" those of everybody.
insert into realtime.channels (pattern, description) values ('orders:%', 'Orders of one customer, or of all');

create policy customers_see_their_own on realtime.channels for select to authenticated
  using (pattern = 'orders:%' and (realtime.channel_params())[1] = auth.jwt() ->> 'sub');
create policy staff_see_all on realtime.channels for select to authenticated
  using (pattern = 'orders:%' and auth.jwt() -> 'roles' ? 'staff');

create function demo.publish_order() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
    begin
      perform realtime.publish('orders:' || new.customer, lower(tg_op), to_jsonb(new));
      perform realtime.publish('orders:all', lower(tg_op), to_jsonb(new));
      return null;
    end
  $$;
create trigger publish_order after insert or update on demo.orders
  for each row execute function demo.publish_order();
