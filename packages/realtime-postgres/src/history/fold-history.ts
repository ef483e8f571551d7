import type { HistoryPage, HistoryPolicy, RealtimePosition } from "@repo/core-realtime";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { envelopeOf, MESSAGE_COLUMNS, type LoggedMessage } from "../log/logged-message.js";

export interface FoldRead {
  readonly channel: string;
  readonly policy: HistoryPolicy;
  readonly after?: RealtimePosition | undefined;
}

interface FoldRow extends LoggedMessage {
  readonly here_epoch: string;
  readonly here_offset: number;
  /** The state of all messages up to this offset, as JSON text, where one is kept. */
  readonly base_offset: number | null;
  readonly base_state: string | null;
  readonly is_alive: boolean;
}

const PAGE = 200; // messages that one statement reads, and after which the state is kept

/**
 * The channel's whole state as one message, which has the position of the newest. All messages of this epoch belong to it that the log
 * has or a page of an earlier read has folded; it is over when the newest is. The state is kept in realtime.fold_states page by page, so that
 * a read folds about a page of messages, however many there were.
 */
export async function foldHistory(client: SqlClient, { channel, policy, after }: FoldRead): Promise<HistoryPage> {
  let folded: Folded | undefined;
  let newest: FoldRow | undefined;
  for (;;) {
    const rows = await client.query<FoldRow>(READ, [channel, policy.ttlMs, folded?.epoch, folded?.offset, PAGE]);
    const [first] = rows;
    if (!first) throw new TypeError("realtime.relay_state is empty. Run the migrations of this version.");
    const position = { epoch: first.here_epoch, offset: first.here_offset };
    if (folded?.epoch !== position.epoch) [folded, newest] = [baseOf(first), undefined]; // the first page, or the epoch is another one now
    const messages = rows.filter(({ offset }) => offset !== null);
    const isKnown = after?.epoch === position.epoch && after.offset >= position.offset;
    if (isKnown || !policy.fold) return { position, complete: true, messages: [] };
    const before = foldAll(folded, messages.slice(0, -1), policy.fold); // without the newest, which every read needs itself
    if (messages.length >= PAGE && before) await keep(client, channel, before);
    folded = foldAll(before ?? folded, messages.slice(-1), policy.fold);
    newest = messages.at(-1) ?? newest;
    if (messages.length >= PAGE) continue;
    if (!folded || !newest?.is_alive) return { position, complete: true, messages: [] };
    return { position, complete: true, messages: [{ ...envelopeOf(newest), json: JSON.stringify(folded.state) }] };
  }
}

/** A state, and the newest message that is in it. */
interface Folded extends RealtimePosition {
  readonly state: unknown;
}

function baseOf({ here_epoch: epoch, base_offset: offset, base_state }: FoldRow): Folded | undefined {
  return offset === null || base_state === null ? undefined : { epoch, offset, state: JSON.parse(base_state) };
}

function foldAll(
  base: Folded | undefined,
  messages: readonly FoldRow[],
  fold: NonNullable<HistoryPolicy["fold"]>,
): Folded | undefined {
  let folded = base;
  for (const { here_epoch: epoch, offset, json } of messages) {
    const next: unknown = json === null ? undefined : JSON.parse(json);
    folded = { epoch, offset: offset ?? 0, state: folded ? fold(folded.state, next) : next };
  }
  return folded;
}

async function keep(client: SqlClient, channel: string, { epoch, offset, state }: Folded): Promise<void> {
  const text = JSON.stringify(state);
  if (text === undefined) return;
  await client.query(KEEP, [channel, epoch, offset, text]).catch((cause: unknown) => {
    if (!(cause instanceof SqlError && cause.isUnavailable)) throw cause; // else the next reader keeps it
  });
}

const KEEP = `insert into realtime.fold_states as f (channel_name, epoch, "offset", state)
  select p.channel_name, p.epoch, $3::bigint, $4::json from realtime.positions p where p.channel_name = $1 and p.epoch = $2
  on conflict (channel_name) do update set epoch = excluded.epoch, "offset" = excluded."offset", state = excluded.state
    where f.epoch <> excluded.epoch or f."offset" < excluded."offset"`;

/** $1 channel, $2 time to live, $3 and $4 what is folded already, $5 limit. */
const READ = `with here as (
    select coalesce(p.epoch, l.fresh_epoch) as epoch, coalesce(p."offset", 0) as "offset"
      from realtime.relay_state l left join realtime.positions p on p.channel_name = $1
  ), base as (
    select h.epoch, h."offset", f."offset" as base_offset, f.state::text as base_state,
        case when h.epoch = $3 then $4::bigint else coalesce(f."offset", 0) end as folded_to
      from here h left join realtime.fold_states f on f.channel_name = $1 and f.epoch = h.epoch and h.epoch is distinct from $3
  )
  select b.epoch as here_epoch, b."offset"::float8 as here_offset, b.base_offset::float8 as base_offset, b.base_state, m.*
    from base b left join lateral (
      select ${MESSAGE_COLUMNS}, m.logged_at > clock_timestamp() - $2::float8 * interval '1 ms' as is_alive
        from realtime.messages m where m.channel_name = $1 and m.epoch = b.epoch and m."offset" > b.folded_to
        order by m.seq limit $5
    ) m on true`;
