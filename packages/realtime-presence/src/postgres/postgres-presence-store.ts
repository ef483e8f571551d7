import type { ReachedBound } from "../presence-bounds.js";
import type { PresenceMember, PresencePage } from "../presence-member.js";
import type {
  IPresenceStore,
  PresenceCount,
  PresenceQuery,
  ReapedMember,
  StoreBounds,
  StoredMember,
} from "../presence-store.js";

/** What the store needs of a database client: one statement, its values bound, rows as objects with `json` parsed. */
export interface PresenceSql {
  /** Resolves with the rows of one statement; rejects with the database's error. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

interface CountRow {
  readonly tabs: number;
  readonly known: PresenceMember | null;
  readonly is_full?: ReachedBound | null;
}

interface PageRow {
  readonly total: number;
  readonly remaining: number;
  /** Null, with `member`, where the piece is empty. */
  readonly number: string | null;
  readonly member: PresenceMember;
}

const PUT = "select * from realtime.put_presence($1, $2, $3, $4, $5::json, $6, $7, $8, $9)";
const REMOVE = "select * from realtime.remove_presence($1, $2)";

const LIST = `
  with ahead as (
    select number, member,
      sum(bytes) over (order by number) as running, row_number() over (order by number) as place
    from realtime.presence where channel_name = $1 and number > $2::bigint
  ), page as (
    select number, member from ahead where place = 1 or running <= coalesce($3::bigint, running)
  )
  select (select count(*)::int from realtime.presence where channel_name = $1) as total,
    (select count(*)::int from ahead) as remaining, page.number::text as number, page.member
  from (select 1) as always left join page on true order by page.number`;

const TOTAL = "select count(*)::int as total from realtime.presence where channel_name = $1";

const BEAT = `
  with forgotten as (
    delete from realtime.presence_nodes as node where beat_at < clock_timestamp() - interval '1 day'
      and not exists (select from realtime.presence as member where member.node_id = node.node_id)
  )
  insert into realtime.presence_nodes (node_id) values ($1)
  on conflict (node_id) do update set
    beat_at = clock_timestamp(),
    since = case when presence_nodes.beat_at < clock_timestamp() - interval '12 seconds' -- two beats and a margin
      then clock_timestamp() else presence_nodes.since end`;

// After an outage of the database every node is silent. So no node is dead unless another one was alive all that time.
const REAP = `
  with silence as (select clock_timestamp() - $1 * interval '1 millisecond' as began)
  select member.channel_name as channel, member.member
  from realtime.presence as member left join realtime.presence_nodes as node using (node_id)
  cross join silence
  where (node.node_id is null or node.beat_at < began)
    and exists (select from realtime.presence_nodes as witness where witness.since <= began and witness.beat_at >= began)
  order by member.number`;

/**
 * Members in Postgres, for nodes in several processes; they outlive all of them. Its tables come with the migrations of
 * `@repo/realtime-postgres`. Times are the database's own, so nodes need no common clock.
 * @example createPresence({ store: new PostgresPresenceStore(client), … });
 */
export class PostgresPresenceStore implements IPresenceStore {
  readonly #client: PresenceSql;

  constructor(client: PresenceSql) {
    this.#client = client;
  }

  async put(channel: string, { nodeId, member, bytes }: StoredMember, bounds: StoreBounds): Promise<PresenceCount> {
    const { maxTabs, maxMembers, maxListBytes } = bounds;
    const limits = [maxTabs, maxMembers, maxListBytes].map(finiteOrNull);
    const { connectionId } = member;
    const values = [channel, connectionId, nodeId, personOf(member), JSON.stringify(member), bytes, ...limits];
    const [row] = await this.#client.query<CountRow>(PUT, values);
    return countOf(row);
  }

  async remove(channel: string, connectionId: string): Promise<PresenceCount> {
    const [row] = await this.#client.query<CountRow>(REMOVE, [channel, connectionId]);
    return countOf(row);
  }

  async list(
    channel: string,
    { after = "0", maxBytes }: PresenceQuery = { maxBytes: Infinity },
  ): Promise<PresencePage> {
    if (!CURSOR.test(after)) {
      const [row] = await this.#client.query<Pick<PageRow, "total">>(TOTAL, [channel]);
      return { members: [], total: row?.total ?? 0 };
    }
    const rows = await this.#client.query<PageRow>(LIST, [channel, after, finiteOrNull(maxBytes)]);
    const page = rows.filter(({ number }) => number !== null);
    const { total = 0, remaining = 0 } = rows[0] ?? {};
    const members = page.map(({ member }) => member);
    const next = page.at(-1)?.number;
    return remaining > page.length && next ? { members, total, next } : { members, total };
  }

  async beat(nodeId: string): Promise<void> {
    await this.#client.query(BEAT, [nodeId]);
  }

  reap(silentMs: number): Promise<readonly ReapedMember[]> {
    return this.#client.query<ReapedMember>(REAP, [silentMs]);
  }
}

const CURSOR = /^\d{1,18}$/; // below the largest bigint

/** A name without U+0000 and half surrogate pairs, which a text of Postgres cannot hold. An anonymous visitor shares it with no other. */
function personOf({ userId, connectionId }: PresenceMember): string {
  return userId === null ? `connection ${connectionId}` : `user ${JSON.stringify(userId)}`;
}

function countOf(row: CountRow | undefined): PresenceCount {
  const count = { tabs: row?.tabs ?? 0, known: row?.known ?? undefined };
  return row?.is_full ? { ...count, full: row.is_full } : count;
}

function finiteOrNull(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
