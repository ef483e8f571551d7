-- What /hub and /annotations show: hubs, their widgets, and what people say about these. Three tables, and the changes of each are recorded.
drop table if exists demo.signals, demo.widgets, demo.hubs; -- as an earlier version of this demo had them
create table demo.hubs (
  id text primary key,
  name text not null,
  site text not null
);
create table demo.widgets (
  id integer primary key,
  hub_id text not null references demo.hubs,
  name text not null
);
create table demo.annotations (
  id uuid primary key default gen_random_uuid(),
  hub_id text not null references demo.hubs,
  widget_id integer not null references demo.widgets,
  author text not null,
  category text not null check (category in ('friction', 'wish', 'defect')),
  body text not null check (length(body) between 1 and 280),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp()
);
create index on demo.annotations (hub_id, created_at desc);
create index on demo.annotations (widget_id, created_at desc);

insert into demo.hubs values ('north', 'North dock', 'Bremerhaven, pier 4'), ('south', 'South dock', 'Valencia, pier 11');
insert into demo.widgets values
  (1, 'north', 'Gate planner'), (2, 'north', 'Crane board'), (3, 'north', 'Yard map'),
  (4, 'south', 'Gate planner'), (5, 'south', 'Reefer alarms');
insert into demo.annotations (hub_id, widget_id, category, body, author, created_at)
  select hub_id, widget_id, category, body, author, clock_timestamp() - age from (values
    ('north', 1, 'friction', 'Slots jump back when I drag across midnight.', 'mia', interval '3 h 10 min'),
    ('north', 2, 'wish', 'Show the wind next to each crane.', 'sam', interval '2 h 5 min'),
    ('north', 2, 'defect', 'Crane 7 is listed twice.', 'mia', interval '58 min'),
    ('north', 3, 'friction', 'Too many clicks from a row to its container.', 'noor', interval '31 min'),
    ('north', 1, 'wish', 'Let me print tomorrow''s plan.', 'ben', interval '12 min'),
    ('south', 5, 'defect', 'Alarm stays red after it was confirmed.', 'noor', interval '44 min'),
    ('south', 4, 'wish', 'Remember my last filter.', 'sam', interval '9 min')
  ) as seeded (hub_id, widget_id, category, body, author, age) order by age desc;

select realtime.watch_table('demo.hubs'), realtime.watch_table('demo.widgets'), realtime.watch_table('demo.annotations');
