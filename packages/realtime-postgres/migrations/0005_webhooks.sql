-- Webhooks: what the relay enqueues for each message and URL, every attempt to deliver it, and the URLs that are disabled.

-- Deliveries of one channel to one URL in the order of the messages, one at a time; otherwise they run side by side.
alter table realtime.channels add column webhooks_in_order boolean not null default false;

-- What an index holds of a URL and a channel name together is bounded: a longer URL would stop the relay when it is enqueued.
create function realtime.are_webhook_urls(urls text[]) returns boolean language plpgsql immutable set search_path = '' as $$
declare
  url text;
begin
  foreach url in array coalesce(urls, '{}') loop
    if octet_length(url) > 1500 then
      raise check_violation using
        message = format('A webhook URL has %s bytes; at most 1500 are taken: %s', octet_length(url), left(url, 100));
    end if;
  end loop;
  if cardinality(urls) > 20 then
    raise check_violation using message = format('A channel has %s webhook URLs; at most 20 are taken.', cardinality(urls));
  end if;
  return true;
end $$;
alter table realtime.channels add constraint channels_webhook_urls check (realtime.are_webhook_urls(webhook_urls));

-- One row per message and URL. `next_at` is when an attempt is due; while one runs, when it counts as lost and another worker may begin.
create table realtime.webhook_deliveries (
  id bigint generated always as identity primary key,
  -- The same in every attempt, so that a receiver can recognise a repetition.
  webhook_id text not null,
  message_id uuid not null,
  logged_at timestamptz not null,
  seq bigint not null,
  channel_id uuid, -- without a foreign key: the row may be gone, and its deletion searches no deliveries
  channel_name text not null,
  event_name text not null,
  url text not null,
  -- The payload's JSON text: it outlives the message, so that a dead letter can be delivered after retention.
  body text not null,
  is_in_order boolean not null default false,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts integer not null default 0,
  -- The attempts before the last redelivery: the schedule of retries begins anew there.
  attempts_before integer not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  last_status integer,
  last_error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  delivered_at timestamptz,
  unique (message_id, url)
);
create index webhook_deliveries_due on realtime.webhook_deliveries (next_at, id) where state = 'pending';
create index webhook_deliveries_order on realtime.webhook_deliveries (channel_name, url, seq) where state = 'pending' and is_in_order;
create index webhook_deliveries_dead on realtime.webhook_deliveries (id) where state = 'dead';
create index webhook_deliveries_finished on realtime.webhook_deliveries (finished_at) where state <> 'pending';
create index webhook_deliveries_url on realtime.webhook_deliveries (url) where state = 'pending';

create table realtime.webhook_attempts (
  delivery_id bigint not null references realtime.webhook_deliveries (id) on delete cascade,
  attempt integer not null,
  began_at timestamptz not null,
  duration_ms integer not null,
  -- Null where no response came.
  status integer,
  -- Null where the receiver accepted it.
  error text,
  primary key (delivery_id, attempt)
);

-- URLs that replied 410 Gone, or that an operator disabled: nothing is enqueued for them.
create table realtime.disabled_webhooks (
  url text primary key,
  disabled_at timestamptz not null default now(),
  reason text not null
);

alter table realtime.webhook_deliveries enable row level security; -- without a policy: only the owner
alter table realtime.webhook_attempts enable row level security;
alter table realtime.disabled_webhooks enable row level security;

drop function if exists realtime.enqueue_webhooks(bigint, bigint); -- a place holder of the relay's migration
-- The deliveries of the messages from_seq to to_seq, both included; called by the relay in the transaction that numbers them.
-- Returns how many there are.
create function realtime.enqueue_webhooks(from_seq bigint, to_seq bigint) returns integer
  language plpgsql set search_path = ''
  as $$
    declare
      enqueued integer;
    begin
      if not exists (select from realtime.channels where cardinality(webhook_urls) > 0) then
        return 0;
      end if;
      with enqueued_now as (
        insert into realtime.webhook_deliveries
          (webhook_id, message_id, logged_at, seq, channel_id, channel_name, event_name, url, body, is_in_order)
        select
          'msg_' || m.id || '_' || left(encode(sha256(convert_to(u.url, 'UTF8')), 'hex'), 12),
          m.id, m.logged_at, m.seq, c.id, m.channel_name, m.event_name, u.url,
          coalesce(m.exact_payload::text, m.payload::text, 'null'), c.webhooks_in_order
        from realtime.messages m
        join realtime.channels c on c.id = m.channel_id
        cross join lateral (select distinct urls.url from unnest(c.webhook_urls) as urls (url) where urls.url is not null) u
        where m.seq between from_seq and to_seq
          and not exists (select from realtime.disabled_webhooks d where d.url = u.url)
        order by m.seq
        on conflict (message_id, url) do nothing
        returning message_id, logged_at
      ),
      counted as (
        update realtime.messages m set wh_audience_count = m.wh_audience_count + n.urls
        from (select message_id, logged_at, count(*)::integer as urls from enqueued_now group by message_id, logged_at) n
        where m.id = n.message_id and m.logged_at = n.logged_at
        returning n.urls
      )
      select coalesce(sum(urls), 0) into enqueued from counted;
      if enqueued > 0 then
        perform pg_notify('realtime_webhooks', '');
      end if;
      return enqueued;
    end
  $$;

-- Delivers once more what was given up, or what was delivered already; with the same webhook-id. False where there is no such delivery
-- or where it is still being tried.
create function realtime.redeliver(delivery_id bigint) returns boolean
  language plpgsql set search_path = ''
  as $$
    begin
      update realtime.webhook_deliveries
        set state = 'pending', attempts_before = attempts, next_at = clock_timestamp(), finished_at = null
        where id = delivery_id and state <> 'pending';
      if not found then
        return false;
      end if;
      perform pg_notify('realtime_webhooks', '');
      return true;
    end
  $$;

-- Stops deliveries to a URL: what waits becomes a dead letter. Returns how many did.
create function realtime.disable_webhook(url text, reason text) returns integer
  language plpgsql set search_path = ''
  as $$
    declare
      stopped integer;
    begin
      insert into realtime.disabled_webhooks (url, reason) values (disable_webhook.url, disable_webhook.reason)
        on conflict do nothing;
      update realtime.webhook_deliveries d
        set state = 'dead', finished_at = clock_timestamp(),
            last_error = 'The URL is disabled. Enable it with realtime.enable_webhook(url), then call realtime.redeliver(id).'
        where d.url = disable_webhook.url and d.state = 'pending';
      get diagnostics stopped = row_count;
      return stopped;
    end
  $$;

-- Allows deliveries to a URL again; false where it was not disabled.
create function realtime.enable_webhook(url text) returns boolean
  language plpgsql set search_path = ''
  as $$
    begin
      delete from realtime.disabled_webhooks d where d.url = enable_webhook.url;
      return found;
    end
  $$;

revoke execute on function
  realtime.enqueue_webhooks(bigint, bigint), realtime.redeliver(bigint), realtime.disable_webhook(text, text), realtime.enable_webhook(text)
  from public;
