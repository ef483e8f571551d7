import type { Clock } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import type { LoggedMessage } from "../log/logged-message.js";
import { LogTail } from "./log-tail.js";

export interface TailOptions {
  readonly client: SqlClient;
  /** Only channels that this pattern matches: `order:%`. */
  readonly pattern?: string | undefined;
  /** One JSON object per line, the payload whole; default a readable line, the payload shortened. */
  readonly isJson?: boolean;
  /** Columns of the terminal; default 120. */
  readonly width?: number | undefined;
  readonly print: (line: string) => void;
  /** What is no message: to stderr, so that the output can be piped. */
  readonly warn: (line: string) => void;
  readonly clock?: Clock;
}

/** Prints every message as it is numbered, until `signal` ends it. Rejects where the database cannot be read at the start. */
export async function tail(options: TailOptions, signal: AbortSignal): Promise<void> {
  const { client, pattern, isJson = false, width = 120, print, warn, clock } = options;
  if (pattern !== undefined) await client.query("select realtime.is_pattern($1)", [pattern]); // raises what to write instead
  const log = new LogTail({
    client,
    pattern,
    onMessage: (message) => print(isJson ? jsonLine(message) : textLine(message, width)),
    onNotice: warn,
    ...(clock && { clock }),
  });
  await log.start();
  if (!isJson) warn(`Following ${pattern ?? "every channel"}. Ctrl+C ends it.`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await log.close();
}

/** `12:03:04.123  order:1  UPDATE_order  system  {"total": 5}` */
export function textLine({ at, channel, event, json, sender_type, sender_id }: LoggedMessage, width: number): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const sender = sender_type === "system" ? "system" : `user ${sender_id ?? "anonymous"}`;
  const head = [time, channel, event, sender].map(printable).join("  ");
  const payload = printable(json ?? "");
  const room = Math.max(width - head.length - 2, SHORTEST_PAYLOAD);
  return `${head}  ${payload.length > room ? `${payload.slice(0, room - 1)}…` : payload}`;
}

const SHORTEST_PAYLOAD = 20;

function jsonLine({ json, ...message }: LoggedMessage): string {
  const { id, at, channel, event, epoch, offset, trace } = message;
  const sender = message.sender_type === "system" ? { type: "system" } : { type: "user", id: message.sender_id };
  const fields = { id, at: new Date(at).toISOString(), channel, event, sender, epoch, offset, trace };
  return `${JSON.stringify(fields).slice(0, -1)},"payload":${json === null ? "null" : singleLine(json)}}`;
}

/** JSON text may have line breaks between its tokens; within strings they are escaped. */
function singleLine(json: string): string {
  return json.replaceAll(/[\r\n]+/g, " ");
}

/** Without control characters of a terminal: names and payloads come from any client that may publish. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16) ?? ""}}`);
}
