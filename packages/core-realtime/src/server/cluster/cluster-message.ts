import type { RealtimeCommand } from "../../seams/broker.seam.js";

/** Numbers by name: of the shards' last envelopes, or of the nodes' last heartbeats. */
export type Numbers = Readonly<Record<string, number>>;

interface FromNode {
  /** The sender's membership, new after each isolation. */
  readonly from: string;
}

interface NodeMessage extends FromNode {
  /** The id that the app gave the node. */
  readonly node: string;
  /** The sender's last heartbeat. */
  readonly beat: number;
  /** Not yet a member: its table may be incomplete. */
  readonly isJoining: boolean;
}

/** Sent to all: requests the members, and the number that each of these shards has reached. Repeated until all have replied. */
export interface SyncMessage extends NodeMessage {
  readonly kind: "sync";
  /** The sender's own messages come back to it. Until they do, the others need not count it. */
  readonly isProven: boolean;
  readonly shards: readonly number[];
  /** Settings that must be the same on all nodes. */
  readonly settings: string;
  /** The sender's membership before its isolation. */
  readonly was?: string | undefined;
}

export interface SyncedMessage extends NodeMessage {
  readonly kind: "synced";
  readonly to: string;
  /** The receiver's heartbeat number in the request: proves that its heartbeats are received. */
  readonly received: number;
  /** The members in the sender's table: their nodes' ids by name. */
  readonly members: Readonly<Record<string, string>>;
  readonly numbers: Numbers;
}

/** The sync was refused: the sender was given up, or does not fit. */
export interface RefusedMessage extends FromNode {
  readonly kind: "refused";
  readonly to: string;
  /** Undefined: the sender was given up, and joins under a new name. Otherwise a sentence for the log. */
  readonly reason?: string | undefined;
}

export interface BeatMessage extends NodeMessage {
  readonly kind: "beat";
  /** Every member in the sender's table, and the last heartbeat that it received of each. */
  readonly seen: Numbers;
  /** Of the shards that the sender published to lately. */
  readonly numbers: Numbers;
}

export interface CommandMessage extends FromNode {
  readonly kind: "command";
  readonly number: number;
  /** All the sender's commands below are settled. */
  readonly settled: number;
  readonly body: ClusterCommand;
}

/** What travels as a command: the node's, or that the sender leaves, with the numbers of its last envelopes. */
export type ClusterCommand = RealtimeCommand | { readonly kind: "leave"; readonly numbers: Numbers };

export interface DoneMessage extends FromNode {
  readonly kind: "done";
  readonly to: string;
  readonly number: number;
  /** Why it could not be carried out. */
  readonly failure?: string | undefined;
}

export type ClusterMessage = SyncMessage | SyncedMessage | RefusedMessage | BeatMessage | CommandMessage | DoneMessage;

/** Undefined for what no node of this version sends. Beyond that it is trusted: the carrier is private. */
export function parseClusterMessage(text: string): ClusterMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return isClusterMessage(message) ? message : undefined;
  } catch {
    return undefined; // foreign text on our topic
  }
}

function isClusterMessage(message: unknown): message is ClusterMessage {
  if (typeof message !== "object" || message === null) return false;
  const fields = new Map(Object.entries(message));
  const kind: unknown = fields.get("kind");
  if (typeof kind !== "string" || !Object.hasOwn(FIELDS, kind)) return false;
  return Object.entries(FIELDS[kind] ?? {}).every(([name, type]) => hasType(fields.get(name), type));
}

function hasType(value: unknown, type: FieldType): boolean {
  if (type === "array") return Array.isArray(value);
  return typeof value === type && value !== null;
}

type FieldType = "string" | "number" | "boolean" | "object" | "array";

const NODE = { from: "string", node: "string", beat: "number", isJoining: "boolean" } as const;
const FIELDS: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  sync: { ...NODE, isProven: "boolean", shards: "array", settings: "string" },
  synced: { ...NODE, to: "string", received: "number", members: "object", numbers: "object" },
  refused: { from: "string", to: "string" },
  beat: { ...NODE, seen: "object", numbers: "object" },
  command: { from: "string", number: "number", settled: "number", body: "object" },
  done: { from: "string", to: "string", number: "number" },
};

/** An envelope under its shard's topic. What a receiver needs to sort it stands before the JSON, so that no receiver parses what it drops. */
export interface NumberedEnvelope {
  readonly from: string;
  readonly number: number;
  readonly channel: string;
  readonly json: string;
}

export function formatEnvelope({ from, number, channel, json }: NumberedEnvelope): string {
  return `${from} ${number} ${channel.length} ${channel}${json}`;
}

export function parseEnvelope(text: string): NumberedEnvelope | undefined {
  const [afterFrom, afterNumber] = [text.indexOf(" "), text.indexOf(" ", text.indexOf(" ") + 1)];
  const afterLength = text.indexOf(" ", afterNumber + 1);
  const number = Number(text.slice(afterFrom + 1, afterNumber));
  const jsonAt = afterLength + 1 + Number(text.slice(afterNumber + 1, afterLength));
  if (afterLength < 0 || !Number.isSafeInteger(number) || !(jsonAt < text.length)) return undefined; // foreign text
  return {
    from: text.slice(0, afterFrom),
    number,
    channel: text.slice(afterLength + 1, jsonAt),
    json: text.slice(jsonAt),
  };
}
