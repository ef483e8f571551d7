import type { HistoryPage, HistoryPolicy, RealtimePosition } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import { envelopeOf, MESSAGE_COLUMNS, type LoggedMessage } from "../log/logged-message.js";

export interface FoldRead {
  readonly channel: string;
  readonly policy: HistoryPolicy;
  readonly after?: RealtimePosition | undefined;
}

interface FoldRow extends LoggedMessage {
  readonly here_epoch: string;
  readonly here_offset: number;
  readonly is_alive: boolean;
}

/**
 * The channel's whole state as one message, which has the position of the newest. All messages that the log has of this epoch belong to
 * it, also those that the policy lets nobody read any more; it is over when the newest is.
 */
export async function foldHistory(client: SqlClient, { channel, policy, after }: FoldRead): Promise<HistoryPage> {
  const rows = await client.query<FoldRow>(READ, [channel, policy.ttlMs]);
  const [first] = rows;
  if (!first) throw new TypeError("realtime.relay_state is empty. Run the migrations of this version.");
  const position = { epoch: first.here_epoch, offset: first.here_offset };
  const isKnown = after?.epoch === position.epoch && after.offset >= position.offset;
  const newest = rows.findLast(({ offset }) => offset !== null);
  if (isKnown || !newest?.is_alive || !policy.fold) return { position, complete: true, messages: [] };
  const { fold } = policy;
  const state = rows.map(payloadOf).reduce((previous, next) => fold(previous, next));
  return { position, complete: true, messages: [{ ...envelopeOf(newest), json: JSON.stringify(state) }] };
}

function payloadOf({ json }: LoggedMessage): unknown {
  return json === null ? undefined : JSON.parse(json);
}

const READ = `with here as (
    select coalesce(p.epoch, l.fresh_epoch) as epoch, coalesce(p."offset", 0) as "offset"
      from realtime.relay_state l left join realtime.positions p on p.channel_name = $1
  )
  select h.epoch as here_epoch, h."offset"::float8 as here_offset, m.* from here h left join lateral (
    select ${MESSAGE_COLUMNS}, m.logged_at > clock_timestamp() - $2::float8 * interval '1 ms' as is_alive
      from realtime.messages m where m.channel_name = $1 and m.epoch = h.epoch order by m.seq
  ) m on true`;
