import type { HistoryPage, HistoryPolicy, HistoryQuery, RealtimePosition, SealedEnvelope } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import { envelopeOf, MESSAGE_COLUMNS, type LoggedMessage } from "../log/logged-message.js";
import { foldHistory } from "./fold-history.js";

export interface HistoryRead {
  /** The name in SQL. */
  readonly channel: string;
  readonly query: HistoryQuery;
  readonly policy: HistoryPolicy;
}

/** A channel's position, and the messages that a subscriber needs; both of one moment. */
export async function readHistory(client: SqlClient, { channel, query, policy }: HistoryRead): Promise<HistoryPage> {
  switch (query.kind) {
    case "position": {
      const { position } = await readPage(client, { channel, policy, limit: 0 });
      return { position, complete: true, messages: [] };
    }
    case "last": {
      const { after, count } = query;
      if (policy.fold) return foldHistory(client, { channel, policy, after });
      const { position, messages } = await readPage(client, { channel, policy, limit: count });
      const known = after?.epoch === position.epoch ? after.offset : 0;
      return {
        position,
        complete: true,
        messages: messages.filter((message) => (message.position?.offset ?? 0) > known),
      };
    }
    case "since": {
      const { since, limit } = query;
      const { position, messages } = await readPage(client, { channel, policy, since, limit: limit + 1 });
      const missing = position.offset - since.offset;
      const isWhole = since.epoch === position.epoch && missing === messages.length && missing <= limit;
      return { position, complete: isWhole, messages: isWhole ? messages : [] };
    }
    default:
      return query satisfies never;
  }
}

interface PageRead {
  readonly channel: string;
  readonly policy: HistoryPolicy;
  readonly since?: RealtimePosition;
  readonly limit: number;
}

interface PageRow extends LoggedMessage {
  readonly here_epoch: string;
  readonly here_offset: number;
  readonly id: string;
}

/** The newest messages within the policy, at most `limit`, oldest first and without holes. */
async function readPage(client: SqlClient, { channel, policy, since, limit }: PageRead): Promise<NewestMessages> {
  const { size, ttlMs } = policy;
  const rows = await client.query<PageRow>(READ, [channel, since?.epoch, since?.offset ?? 0, size, ttlMs, limit]);
  const [first] = rows;
  if (!first) throw new TypeError("realtime.relay_state is empty. Run the migrations of this version.");
  const position = { epoch: first.here_epoch, offset: first.here_offset };
  const messages: SealedEnvelope[] = [];
  for (const row of rows) {
    if (row.offset !== position.offset - messages.length) break; // expired, though a younger one has an older time
    messages.push(envelopeOf(row));
  }
  return { position, messages: messages.toReversed() };
}

interface NewestMessages {
  readonly position: RealtimePosition;
  readonly messages: readonly SealedEnvelope[];
}

/** $1 channel, $2 and $3 the position since, $4 size, $5 time to live, $6 limit. */
const READ = `with here as (
    select coalesce(p.epoch, l.fresh_epoch) as epoch, coalesce(p."offset", 0) as "offset"
      from realtime.relay_state l left join realtime.positions p on p.channel_name = $1
  )
  select h.epoch as here_epoch, h."offset"::float8 as here_offset, m.* from here h left join lateral (
    select ${MESSAGE_COLUMNS} from realtime.messages m
      where m.channel_name = $1 and m.epoch = h.epoch and coalesce($2::text, h.epoch) = h.epoch
        and m."offset" > greatest($3::float8, h."offset" - $4::float8)
        and m.logged_at > clock_timestamp() - $5::float8 * interval '1 ms'
      order by m.seq desc limit $6::integer
  ) m on true`;
