-- Counts: who received a message, summed per batch and never one UPDATE per message; and a view of what happened on each day.

-- What each node appends: how many connections it queued a message for. Folded into realtime.messages.ws_audience_count. Unlogged: it is
-- short-lived, and a crash of the server costs the counts of its last seconds, not the flush of a log.
create unlogged table realtime.audience_counts (
  message_id uuid not null,
  audience integer not null
);

-- Adds what was appended to the messages, with one UPDATE; returns how many rows it took. Does nothing where another node does it: null.
create function realtime.fold_audience_counts(page integer default 10000) returns integer
  language plpgsql set search_path = ''
  as $$
    declare
      taken_rows integer;
    begin
      if not realtime.try_lock('audience counts') then
        return null;
      end if;
      with taken as (
        delete from realtime.audience_counts where ctid = any (array(select a.ctid from realtime.audience_counts a limit page))
        returning message_id, audience
      ),
      sums as (select message_id, sum(audience)::integer as audience, count(*) as parts from taken group by message_id),
      folded as (
        update realtime.messages m set ws_audience_count = m.ws_audience_count + s.audience
        from sums s where m.id = s.message_id and m.logged_at > now() - interval '2 days'
      )
      select coalesce(sum(parts), 0) into taken_rows from sums;
      return taken_rows;
    end
  $$;

-- Days whose messages retention has dropped.
create table realtime.past_stats (
  day date not null,
  pattern text,
  messages bigint not null,
  from_users bigint not null,
  channels bigint not null,
  audience bigint not null,
  webhooks bigint not null,
  webhooks_delivered bigint not null,
  webhooks_failed bigint not null,
  webhooks_waiting bigint not null
);
create index past_stats_day on realtime.past_stats (day);

alter table realtime.audience_counts enable row level security; -- without a policy: only the owner
alter table realtime.past_stats enable row level security;

create view realtime.current_stats with (security_invoker = true) as
  with deliveries as (
    select message_id, logged_at,
      count(*) filter (where state = 'dead') as failed, count(*) filter (where state = 'pending') as waiting
    from realtime.webhook_deliveries where state <> 'delivered' group by message_id, logged_at
  )
  select
    (m.logged_at at time zone 'UTC')::date as day,
    c.pattern,
    count(*) as messages,
    count(*) filter (where m.sender_type = 'user') as from_users,
    count(distinct m.channel_name) as channels,
    coalesce(sum(m.ws_audience_count), 0)::bigint as audience,
    coalesce(sum(m.wh_audience_count), 0)::bigint as webhooks,
    coalesce(sum(m.wh_delivered_count), 0)::bigint as webhooks_delivered,
    coalesce(sum(d.failed), 0)::bigint as webhooks_failed,
    coalesce(sum(d.waiting), 0)::bigint as webhooks_waiting
  from realtime.messages m
  left join realtime.channels c on c.id = m.channel_id
  left join deliveries d on d.message_id = m.id and d.logged_at = m.logged_at
  group by 1, 2;

-- Per day (UTC) and pattern, newest first; without a pattern: channels that are declared in code, or whose pattern was deleted.
-- `channels` are distinct names; `audience` is how many connections received messages, `webhooks` how many deliveries there were.
create view realtime.stats with (security_invoker = true) as
  select * from (select * from realtime.current_stats union all select * from realtime.past_stats) s
  order by day desc, messages desc;

revoke execute on function realtime.fold_audience_counts(integer) from public;
