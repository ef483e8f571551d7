import type { ColumnKind } from "./column.js";

/** Compares two values that are not null, as Postgres does: below 0, 0, above 0. */
export type CompareValues = (a: unknown, b: unknown) => number;

/** The order of a kind; undefined where only Postgres knows it. */
export function orderOf(kind: ColumnKind): CompareValues | undefined {
  return ORDERS[kind];
}

const ORDERS: Readonly<Partial<Record<ColumnKind, CompareValues>>> = {
  number: (a, b) => compareNumbers(numberOf(a), numberOf(b)),
  integer: (a, b) => compareIntegers(String(a), String(b)),
  decimal: (a, b) => compareDecimals(String(a), String(b)),
  text: (a, b) => compareCodePoints(String(a), String(b)),
  uuid: (a, b) => compareAscii(String(a), String(b)),
  boolean: (a, b) => Number(a) - Number(b),
  time: (a, b) => compareTimes(String(a), String(b)),
};

/** NaN and infinities are text in JSON. */
function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number(value);
}

/** NaN equals NaN and is above everything else. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

/** Without BigInt: a decimal may have a hundred thousand digits. Postgres writes no leading zeros and no sign but `-`. */
function compareIntegers(a: string, b: string): number {
  if (a === b) return 0;
  const [isBelowA, isBelowB] = [a.startsWith("-"), b.startsWith("-")];
  if (isBelowA !== isBelowB) return isBelowA ? -1 : 1;
  const order = a.length === b.length ? compareAscii(a, b) : a.length - b.length;
  return isBelowA ? -order : order;
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["-Infinity", -1],
  ["Infinity", 1],
  ["NaN", 2],
]);

function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  const [specialA = 0, specialB = 0] = [SPECIAL.get(a), SPECIAL.get(b)];
  if (specialA !== 0 || specialB !== 0) return specialA - specialB;
  const [wholeA = "", partA = ""] = withoutZeros(a);
  const [wholeB = "", partB = ""] = withoutZeros(b);
  const [isBelowA, isBelowB] = [wholeA.startsWith("-"), wholeB.startsWith("-")];
  if (isBelowA !== isBelowB) return isBelowA ? -1 : 1;
  const order = compareAscii(partA, partB);
  return compareIntegers(wholeA, wholeB) || (isBelowA ? -order : order);
}

/** What stands before the point and, without zeros at its end, after it; zero has no sign. */
function withoutZeros(decimal: string): readonly string[] {
  const [whole = "", part = ""] = decimal.split(".");
  let { length } = part;
  while (part[length - 1] === "0") length -= 1;
  return [whole, part.slice(0, length)];
}

/** JavaScript compares UTF-16 units; the bytes of UTF-8 are in the order of the code points. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function compareAscii(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Dates and timestamps in UTC as Postgres writes them: a year of four digits compares as text; the others are rare. */
function compareTimes(a: string, b: string): number {
  if (PLAIN.test(a) && PLAIN.test(b)) return compareAscii(a, b);
  const [eraA, eraB] = [eraOf(a), eraOf(b)];
  if (eraA !== eraB) return eraA - eraB;
  const rest = compareAscii(a.slice(a.indexOf("-", 1)), b.slice(b.indexOf("-", 1)));
  return eraA === Infinity || eraA === -Infinity ? 0 : rest;
}

const PLAIN = /^\d{4}-[^B]*$/;

/** The year; infinite where the time is. Before Christ there is no year 0. */
function eraOf(time: string): number {
  if (time === "infinity") return Infinity;
  if (time === "-infinity") return -Infinity;
  const year = Number(time.slice(0, time.indexOf("-", 1)));
  return time.endsWith("BC") ? 1 - year : year;
}
