import type { SqlClient } from "../client/sql-client.js";
import type { ChannelRow } from "./sql-channel.js";

/** Every row of realtime.channels, the most specific pattern first. */
export function readChannelRows(client: Pick<SqlClient, "query">): Promise<readonly ChannelRow[]> {
  return client.query<ChannelRow>(
    `select pattern, enabled, history_size as "historySize",
       round(extract(epoch from history_ttl) * 1000)::float8 as "historyTtlMs"
     from realtime.channels order by specificity, pattern`,
  );
}

/** Another text after every change of the table. */
export async function readChannelsVersion(client: Pick<SqlClient, "query">): Promise<string> {
  const [row] = await client.query<{ readonly version: string }>("select realtime.channels_version() as version");
  return row?.version ?? "";
}
