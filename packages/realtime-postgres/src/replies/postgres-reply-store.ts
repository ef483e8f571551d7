import { createHash } from "node:crypto";
import type { ClaimOutcome, Clock, IReplyStore, KeptReply, MessageClaim, MessageKey } from "@repo/core-realtime";
import { consoleReport, systemClock } from "@repo/core-realtime/server";
import { deletePeriodically } from "../client/periodic-delete.js";
import type { SqlClient } from "../client/sql-client.js";
import { originalText, storedText } from "../client/stored-text.js";
import { ReplyBounds } from "./reply-bounds.js";

/** Where replies are kept, and how many. */
export interface PostgresReplyStoreOptions {
  /** Remains the app's to close. */
  readonly client: Pick<SqlClient, "query">;
  /** Bytes of replies that one node keeps for one user, about; beyond it that user's oldest are forgotten earlier. Default 4 MiB. */
  readonly maxBytesPerUser?: number;
  /** Old replies could not be deleted; it is tried again. Default: the console. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

interface ClaimRow {
  readonly is_new: boolean;
  readonly text: string | null;
  readonly is_escaped: boolean | null;
}

// What another transaction inserted while this one waited for it is not in this statement's snapshot: no row is a running message.
const CLAIM = `
  with claimed as (
    insert into realtime.replies as known (key, owner, claim_id, expires_at)
    values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
    on conflict (key) do update
      set claim_id = excluded.claim_id, expires_at = excluded.expires_at, reply = null
      where known.expires_at <= clock_timestamp()
    returning 1
  )
  select exists (select from claimed) as is_new, known.reply as text, known.is_escaped
  from (select 1) as always left join realtime.replies as known on known.key = $1 and known.reply is not null`;

const SETTLE = `
  update realtime.replies set reply = $3, is_escaped = $4, expires_at = clock_timestamp() + $5 * interval '1 millisecond'
  where key = $1 and claim_id = $2 and reply is null`;

const RELEASE = "delete from realtime.replies where key = $1 and claim_id = $2 and reply is null";

/**
 * Replies of client messages in Postgres, for all nodes.
 * @example createRealtime({ replies: new PostgresReplyStore({ client }), … });
 */
export class PostgresReplyStore implements IReplyStore {
  readonly #client: Pick<SqlClient, "query">;
  readonly #bounds: ReplyBounds;
  readonly #stopCleaning: () => void;

  constructor(options: PostgresReplyStoreOptions) {
    const {
      client,
      maxBytesPerUser = MAX_BYTES_PER_USER,
      onError = consoleReport("reply store"),
      clock = systemClock,
    } = options;
    this.#client = client;
    this.#bounds = new ReplyBounds({ client, maxBytesPerUser, onError });
    this.#stopCleaning = deletePeriodically({ client, clock, onError, ...EXPIRED });
  }

  async claim(key: MessageKey, { id, ms }: MessageClaim): Promise<ClaimOutcome> {
    const values = [hashOf(key), ownerOf(key), id, ms];
    const [row] = await this.#client.query<ClaimRow>(CLAIM, values);
    if (row?.is_new) return { kind: "new" };
    if (typeof row?.text !== "string") return { kind: "running" };
    return { kind: "done", reply: originalText({ text: row.text, is_escaped: row.is_escaped === true }) };
  }

  async settle(key: MessageKey, claimId: string, { reply, keepMs }: KeptReply): Promise<void> {
    const { text, is_escaped } = storedText(reply);
    await this.#client.query(SETTLE, [hashOf(key), claimId, text, is_escaped, keepMs]);
    this.#bounds.add(ownerOf(key), text.length);
  }

  async release(key: MessageKey, claimId: string): Promise<void> {
    await this.#client.query(RELEASE, [hashOf(key), claimId]);
  }

  close(): void {
    this.#stopCleaning();
  }
}

const MAX_BYTES_PER_USER = 4 * 1024 * 1024; // what a node without a store remembers of one user, too
const EXPIRED = {
  table: "realtime.replies",
  where: "expires_at <= clock_timestamp()",
  orderBy: "expires_at",
  everyMs: 5_000,
};

function hashOf({ userId, channel, messageId }: MessageKey): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([userId, channel, messageId]))
    .digest();
}

function ownerOf({ userId }: MessageKey): Buffer {
  return createHash("sha256").update(JSON.stringify(userId)).digest();
}
