import type { JsonValue } from "./json-value.js";

/** How deep a state may be nested. */
export const MAX_STATE_DEPTH = 32;

/**
 * A state as JSON. Plain objects, arrays, strings, booleans, null and finite numbers remain what they are. Others become an object with one
 * key: `$date`, `$bigint`, `$map`, `$set`, `$bytes` (Uint8Array, in base64). A key of the state itself that begins with `$` gets a second
 * one, so that no state reads as another. Fields that are `undefined` are left out, -0 becomes 0.
 *
 * Throws a `TypeError` that names the path of what JSON cannot carry: functions, instances of classes, symbols, NaN, circular references,
 * more than 32 levels, the key `__proto__`.
 */
export function encodeState(value: unknown): JsonValue {
  return encoded(value, { path: "state", above: [] });
}

/** Where the encoder is. */
interface Place {
  readonly path: string;
  /** The objects that contain this one, outermost first. */
  readonly above: readonly object[];
}

function encoded(value: unknown, place: Place): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw refusal(place, `is ${value}; use null, or a string`);
      return value + 0; // -0, which JSON does not have, becomes 0
    case "bigint":
      checkDepth(place); // an object in JSON
      return { $bigint: value.toString() };
    case "object":
      return value === null ? null : encodedObject(value, place);
    case "undefined":
      throw refusal(place, "is undefined; use null, or leave out the field");
    case "function":
    case "symbol":
      throw refusal(place, `is a ${typeof value}; keep values in a state, and code in actions`);
  }
}

function encodedObject(value: object, place: Place): JsonValue {
  if (place.above.includes(value)) throw refusal(place, "refers to an object that contains it; refer by an id instead");
  checkDepth(place);
  const above = [...place.above, value];
  const at = (key: string): Place => ({ path: `${place.path}${key}`, above });
  if (Array.isArray(value)) return Array.from(value, (item, index) => encoded(item, at(`[${index}]`)));
  if (value instanceof Date) return { $date: timeOf(value, place) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Set) return { $set: Array.from(value, (item, index) => encoded(item, at(`.values[${index}]`))) };
  if (value instanceof Map)
    return {
      $map: Array.from(value, ([key, item], index) => [
        encoded(key, at(`.keys[${index}]`)),
        encoded(item, at(`.values[${index}]`)),
      ]),
    };
  return encodedFields(value, place, at);
}

function encodedFields(value: object, place: Place, at: (key: string) => Place): JsonValue {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    throw refusal(
      place,
      `is an instance of ${classOf(value)}; keep its fields in a plain object, or its id with ref()`,
    );
  if (Object.getOwnPropertySymbols(value).length > 0) throw refusal(place, "has a symbol as a key; use a string");
  const fields: Record<string, JsonValue> = {};
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    if (key === "__proto__") throw refusal(at(".__proto__"), "has a key that changes prototypes; use another");
    fields[key.startsWith("$") ? `$${key}` : key] = encoded(field, at(`.${key}`));
  }
  return fields;
}

function checkDepth(place: Place): void {
  if (place.above.length >= MAX_STATE_DEPTH)
    throw refusal(place, `is nested more than ${MAX_STATE_DEPTH} levels deep; keep ids, and read the rest in load`);
}

function timeOf(date: Date, place: Place): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw refusal(place, "is an invalid Date; use null");
  return time;
}

function classOf(value: object): string {
  const { constructor } = value;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "a class without a name";
}

const MAX_PATH = 200; // characters; keys may be of any length

function refusal({ path }: Place, why: string): TypeError {
  const shown = path.length > MAX_PATH ? `${path.slice(0, MAX_PATH)}…` : path;
  return new TypeError(`${shown} ${why}.`);
}
