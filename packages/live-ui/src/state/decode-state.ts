import { MAX_STATE_DEPTH } from "./encode-state.js";
import type { JsonValue } from "./json-value.js";

/** A state that `encodeState` has encoded. */
export interface DecodedState {
  readonly value: unknown;
}

/**
 * The state behind its JSON; undefined where `encodeState` cannot have made it. Only Date, bigint, Map, Set, Uint8Array, arrays and plain
 * objects are ever created: no name in the JSON selects a class.
 */
export function decodeState(json: JsonValue): DecodedState | undefined {
  const value = decoded(json, 0);
  return value === REFUSED ? undefined : { value };
}

const REFUSED = Symbol("refused");

function decoded(json: JsonValue, depth: number): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (depth >= MAX_STATE_DEPTH) return REFUSED;
  if (isList(json)) return decodedAll(json, depth);
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(json)) {
    if (key === "__proto__") return REFUSED;
    if (key.startsWith("$") && !key.startsWith("$$"))
      return Object.keys(json).length === 1 ? decodedSpecial(key, field, depth) : REFUSED;
    const value = decoded(field, depth + 1);
    if (value === REFUSED) return REFUSED;
    fields[key.startsWith("$$") ? key.slice(1) : key] = value;
  }
  return fields;
}

function decodedAll(list: readonly JsonValue[], depth: number): unknown[] | typeof REFUSED {
  const values = list.map((item) => decoded(item, depth + 1));
  return values.includes(REFUSED) ? REFUSED : values;
}

function decodedSpecial(key: string, json: JsonValue, depth: number): unknown {
  switch (key) {
    case "$date":
      return typeof json === "number" ? dateAt(json) : REFUSED;
    case "$bigint":
      return typeof json === "string" && /^(0|-?[1-9]\d*)$/.test(json) ? BigInt(json) : REFUSED;
    case "$bytes":
      return typeof json === "string" ? bytesFrom(json) : REFUSED;
    case "$set":
      return setFrom(json, depth);
    case "$map":
      return mapFrom(json, depth);
    default:
      return REFUSED;
  }
}

function dateAt(time: number): Date | typeof REFUSED {
  const date = new Date(time);
  return date.getTime() === time ? date : REFUSED;
}

function bytesFrom(base64: string): Uint8Array | typeof REFUSED {
  const bytes = Buffer.from(base64, "base64");
  return bytes.toString("base64") === base64 ? new Uint8Array(bytes) : REFUSED;
}

function setFrom(json: JsonValue, depth: number): unknown {
  const values = isList(json) ? decodedAll(json, depth) : REFUSED;
  if (values === REFUSED) return REFUSED;
  const set = new Set(values);
  return set.size === values.length ? set : REFUSED;
}

function mapFrom(json: JsonValue, depth: number): unknown {
  if (!isList(json)) return REFUSED;
  const map = new Map<unknown, unknown>();
  for (const entry of json) {
    const pair = isList(entry) && entry.length === 2 ? decodedAll(entry, depth) : REFUSED;
    if (pair === REFUSED) return REFUSED;
    map.set(pair[0], pair[1]);
  }
  return map.size === json.length ? map : REFUSED;
}

function isList(json: JsonValue): json is readonly JsonValue[] {
  return Array.isArray(json);
}
