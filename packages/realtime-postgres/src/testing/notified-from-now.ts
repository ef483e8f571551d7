import { expect } from "vitest";
import type { SqlClient } from "../client/sql-client.js";

const MARK = "from here on"; // no pattern of a channel

/**
 * For tests: the notifications of a change of permissions that are committed from now on. A listener shares its connection with the node,
 * whose own earlier notification may arrive after it has begun to listen.
 */
export async function notifiedFromNow(client: SqlClient): Promise<readonly string[]> {
  const notified: string[] = [];
  let isMarked = false;
  await client.listen("realtime_permissions", {
    onNotify(pattern) {
      if (isMarked) notified.push(pattern);
      else isMarked = pattern === MARK;
    },
    onGap: () => expect.unreachable(),
  });
  await client.query("select pg_notify('realtime_permissions', $1)", [MARK]);
  await expect.poll(() => isMarked).toBe(true);
  return notified;
}
