import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeState } from "./decode-state.js";
import { encodeState } from "./encode-state.js";
import type { JsonValue } from "./json-value.js";
import { ref } from "./ref.js";

const any = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string({ unit: "binary" }),
    fc.bigInt(),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
    fc.array(tie("value")),
    fc.array(tie("value")).map((values) => new Set(values)),
    fc.array(fc.tuple(tie("value"), tie("value"))).map((entries) => new Map(entries)),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("$date", "$$", "$map", "constructor", "toString")),
      tie("value"),
    ),
  ),
})).value;

describe("the codec of states", () => {
  it("returns every value that it encodes, through JSON text", () => {
    fc.assert(
      fc.property(any, (value) => {
        fc.pre(!hasProtoKey(value));
        expect(throughText(value)).toEqual({ value });
      }),
      { numRuns: 1_000 },
    );
  });

  it("has one JSON per value: no state of the app reads as a tagged one", () => {
    for (const value of [
      { $date: 0 },
      { $bigint: "1" },
      { $map: [] },
      { $set: [] },
      { $bytes: "" },
      { $$date: 0 },
      { $: 1 },
    ])
      expect(throughText(value)).toEqual({ value });
    expect(encodeState({ $date: 0 })).not.toEqual(encodeState(new Date(0)));
  });

  it("leaves plain JSON as it is, and out what is undefined", () => {
    const plain = { a: [1, "x", null, true], b: { c: -1.5 } };
    expect(encodeState(plain)).toEqual(plain);
    expect(encodeState({ a: 1, b: undefined })).toEqual({ a: 1 });
    expect(Object.is(encodeState(-0), 0)).toBe(true);
    expect(encodeState({ card: ref("cards", "7") })).toEqual({ card: { table: "cards", id: "7" } });
  });

  const circle: { name: string; inner: { list: unknown[] } } = { name: "a", inner: { list: [] } };
  circle.inner.list.push(new Map([["self", circle]]));
  class Cart {
    readonly items = [];
  }

  it.each([
    ["a circular reference", circle, "state.inner.list[0].values[0] refers to an object that contains it"],
    ["a function", { cart: { total: () => 1 } }, "state.cart.total is a function"],
    ["an instance of a class", { cart: [new Cart()] }, "state.cart[0] is an instance of Cart"],
    [
      "a class without a name",
      { a: Object.create({ constructor: 1 }) as unknown },
      "state.a is an instance of a class without",
    ],
    ["an error", { a: new RangeError("x") }, "state.a is an instance of RangeError"],
    ["another typed array", { a: new Float64Array(1) }, "state.a is an instance of Float64Array"],
    ["a promise", { a: Promise.resolve(1) }, "state.a is an instance of Promise"],
    ["a symbol", { a: Symbol("x") }, "state.a is a symbol"],
    ["a symbol as a key", { a: { [Symbol("x")]: 1 } }, "state.a has a symbol as a key"],
    ["NaN", { a: [Number.NaN] }, "state.a[0] is NaN"],
    ["Infinity", -Infinity, "state is -Infinity"],
    ["undefined in a list", [1, undefined], "state[1] is undefined"],
    ["a hole in a list", [1, , 2], "state[1] is undefined"], // eslint-disable-line no-sparse-arrays
    ["undefined", undefined, "state is undefined"],
    ["an invalid date", { at: new Date(Number.NaN) }, "state.at is an invalid Date"],
    [
      "__proto__ as a key",
      JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}') as unknown,
      "state.a.__proto__ has a key",
    ],
    ["a function in a map", new Map([["a", () => 1]]), "state.values[0] is a function"],
    ["a function in a set", new Set([() => 1]), "state.values[0] is a function"],
    ["33 levels", nested(33), "is nested more than 32 levels deep"],
    ["a bigint at the 33rd level", nested(32, 1n), "is nested more than 32 levels deep"],
  ])("refuses %s, and names the place", (_, value, sentence) => {
    expect(() => encodeState(value)).toThrow(TypeError);
    expect(() => encodeState(value)).toThrow(sentence);
  });

  it("names a long path by its beginning", () => {
    const value = { ["k".repeat(100_000)]: () => 1 };
    expect(() => encodeState(value)).toThrow(/^state\.k{194}… is a function/);
  });

  it("encodes 32 levels, and an object that appears twice", () => {
    for (const value of [nested(32), nested(31, 1n), nested(31, new Date(1)), nested(30, new Map([[1n, {}]]))])
      expect(throughText(value)).toEqual({ value });
    const shared = { a: 1 };
    expect(throughText([shared, shared])).toEqual({ value: [shared, shared] });
  });

  it.each<[string]>([
    ['{"__proto__":{"isAdmin":true}}'],
    ['{"a":[{"__proto__":1}]}'],
    ['{"$date":"0"}'],
    ['{"$date":1e300}'],
    ['{"$date":0,"a":1}'],
    ['{"a":1,"$set":[]}'],
    ['{"$bigint":"0x1f"}'],
    ['{"$bigint":"01"}'],
    ['{"$bigint":1}'],
    ['{"$bytes":"A"}'],
    ['{"$bytes":"AB=="}'],
    ['{"$bytes":[1]}'],
    ['{"$set":{}}'],
    ['{"$set":[1,1]}'],
    ['{"$map":[[1]]}'],
    ['{"$map":[[1,2,3]]}'],
    ['{"$map":[[1,2],[1,3]]}'],
    ['{"$map":{"0":[1,2]}}'],
    ['{"$class":"Cart"}'],
    ['{"$":1}'],
    ['[{"$set":[{"$unknown":[]}]}]'],
    ["[".repeat(33) + "]".repeat(33)],
  ])("does not decode what it cannot have encoded: %s", (text) => {
    expect(decodeState(JSON.parse(text) as JsonValue)).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });
});

function throughText(value: unknown): unknown {
  return decodeState(JSON.parse(JSON.stringify(encodeState(value))) as JsonValue);
}

/** So many objects within each other, the innermost with `leaf`. */
function nested(levels: number, leaf: unknown = 1): unknown {
  return levels === 0 ? leaf : { a: nested(levels - 1, leaf) };
}

function hasProtoKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Map) return [...value].flat().some(hasProtoKey);
  if (value instanceof Set) return [...value].some(hasProtoKey);
  return Object.hasOwn(value, "__proto__") || Object.values(value).some(hasProtoKey);
}
