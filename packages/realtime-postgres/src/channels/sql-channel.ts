import { anyEvent, defineRealtimeChannel, type ChannelHandlers, type RealtimeChannel } from "@repo/core-realtime";
import type { DeclaredChannel } from "@repo/core-realtime/server";
import { ChannelPattern } from "./channel-pattern.js";
import { jsonPayload } from "./json-payload.js";

/** A row of realtime.channels. */
export interface ChannelRow {
  readonly pattern: string;
  readonly enabled: boolean;
  readonly historySize: number;
  readonly historyTtlMs: number;
}

/** Everything about a channel that its pattern and history do not decide. The gate is the policies, so that its scope is public. */
const ANY = defineRealtimeChannel({
  name: "sql-channel",
  scope: "public",
  payload: anyEvent(jsonPayload),
  inbound: anyEvent(jsonPayload),
});

/** A row as a channel of the registry: any event, any JSON; its name is the pattern. */
export function sqlChannel(row: ChannelRow, handler: ChannelHandlers<RealtimeChannel>["handler"]): DeclaredChannel {
  const pattern = new ChannelPattern(row.pattern);
  const channel: RealtimeChannel = Object.freeze({
    ...ANY,
    name: row.pattern,
    template: pattern.template,
    history: row.historySize === 0 ? undefined : { size: row.historySize, ttlMs: row.historyTtlMs },
    at(params: Readonly<Record<string, string>>) {
      return { channel: this, name: pattern.format(params), params: Object.freeze({ ...params }) };
    },
  });
  sqlChannels.add(channel);
  return {
    channel,
    match: (name) => pattern.match(name),
    isDisabled: !row.enabled,
    ...(handler && { handlers: { handler } }),
  };
}

const sqlChannels = new WeakSet<RealtimeChannel>();

/** Was the channel declared by a row of realtime.channels? */
export function isSqlChannel(channel: RealtimeChannel): boolean {
  return sqlChannels.has(channel);
}

/** Does the row still match the declared channel? An equal one is kept, so that no subscription is checked without need. */
export function isSameRow(a: ChannelRow, b: ChannelRow): boolean {
  return (
    a.pattern === b.pattern &&
    a.enabled === b.enabled &&
    a.historySize === b.historySize &&
    a.historyTtlMs === b.historyTtlMs
  );
}
