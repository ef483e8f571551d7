import { error, warning, type Check } from "./finding.js";

/** Whether what is published is numbered, and soon. */
export const checkRelay: Check = async ({ client }) => {
  const [relay] = await client.query<RelayRow>(RELAY);
  const [refused] = await client.query<RefusedRow>(REFUSED);
  if (!relay) return [error("realtime.relay_state is empty.", "insert into realtime.relay_state default values;")];
  const { is_running, waiting, waiting_seconds, numbered } = relay;
  const start = "Start a node: createPostgresRealtime({ client, … }), with this database.";
  return [
    ...(waiting > 0
      ? [
          error(
            `${waiting} messages wait for their number, the oldest for ${waiting_seconds} s${is_running ? "" : ", and no relay is running"}.`,
            start,
          ),
        ]
      : []),
    ...(waiting === 0 && !is_running
      ? [warning("No relay is running: what is published from now on waits.", start)]
      : []),
    ...(numbered > MANY_ROWS
      ? [
          warning(
            `The outbox holds ${numbered} messages that were numbered already; old transactions prevent their deletion.`,
            "select pid, xact_start, state, query from pg_stat_activity where xact_start < now() - interval '1 minute';",
          ),
        ]
      : []),
    ...(refused && refused.count > 0
      ? [
          warning(
            `${refused.count} messages that SQL published in the last 24 hours were refused; the last, "${refused.event_name}" on "${refused.channel_name}": ${refused.reason}`,
            "select * from realtime.refused order by refused_at desc limit 20;",
          ),
        ]
      : []),
  ];
};

const MANY_ROWS = 100_000;

interface RelayRow {
  readonly is_running: boolean;
  readonly waiting: number;
  readonly waiting_seconds: number;
  readonly numbered: number;
}

interface RefusedRow {
  readonly count: number;
  readonly channel_name: string;
  readonly event_name: string;
  readonly reason: string;
}

/** What the relay's snapshot shows has been numbered. */
const RELAY = `
  select s.lease_until > clock_timestamp() as is_running, o.waiting, o.waiting_seconds, o.numbered
  from realtime.relay_state s cross join lateral (
    select count(*) filter (where is_waiting)::integer as waiting, count(*) filter (where not is_waiting)::integer as numbered,
      coalesce(max(extract(epoch from clock_timestamp() - created_at)) filter (where is_waiting), 0)::integer as waiting_seconds
    from (
      select created_at, not pg_visible_in_snapshot(xid, s.snapshot::pg_snapshot) as is_waiting from realtime.outbox
      where created_at < clock_timestamp() - interval '10 seconds'
    ) rows
  ) o`;

const REFUSED = `
  select count(*) over ()::integer as count, channel_name, event_name, reason
  from realtime.refused where refused_at > now() - interval '24 hours' order by refused_at desc limit 1`;
