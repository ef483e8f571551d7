import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { storedNameOf, wireNameOf } from "./channel-names.js";
import { ChannelPattern } from "./channel-pattern.js";

const part = fc.oneof(
  fc.constantFrom("a", "b", "a_b", "axb", "a.b", "ü", "x y", "[a]", "a+", "(", "\\", "^$", "{1}", "*", "|", "", "%"),
  fc.string({ maxLength: 3, unit: "binary" }).map((text) => text.replaceAll("\0", "")),
);
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(":"));
const patternPart = fc.oneof(fc.constantFrom("%", "%", "%%"), part);
const pattern = fc.array(patternPart, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(":"));

function isPattern(written: string): boolean {
  const parts = written.split(":");
  return parts.every((each, at) => each === "%" || (each === "%%" && at === parts.length - 1) || /^[^%]+$/.test(each));
}

/** By its definition, over names in SQL. */
function matches(written: string, stored: string): boolean {
  const wanted = written.split(":");
  const parts = stored.split(":");
  const isOpen = wanted.at(-1) === "%%";
  if (parts.includes("") || stored.includes("%")) return false;
  if (isOpen ? parts.length < wanted.length : parts.length !== wanted.length) return false;
  return wanted.every((each, index) => each === "%" || each === "%%" || each === parts[index]);
}

describe("names", () => {
  it("come back from the wire as they were", () => {
    fc.assert(
      fc.property(name, (stored) => void expect(storedNameOf(wireNameOf(stored))).toBe(stored)),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["order:mia%40example.com", "order:mia@example.com"],
    ["order:1.5", "order:1.5"],
    ["order:a%3Ab", "order:a%3Ab"], // decoded it would be another channel's name
    ["order:100%25", "order:100%25"],
    ["order:%61", "order:%61"], // no canonical spelling
    ["order:%zz", "order:%zz"],
  ])("keep or decode %j as %j", (wire, stored) => {
    expect(storedNameOf(wire)).toBe(stored);
    expect(wireNameOf(stored)).toBe(wire);
  });

  it("match a pattern in one spelling only", () => {
    const order = new ChannelPattern("order:%");
    expect(order.match("order:mia%40example.com")).toEqual({ 1: "mia@example.com" });
    for (const wire of ["order:mia@example.com", "order:a%3Ab", "order:%61", "order:%25", "order:\ud800", "order:%00"])
      expect([wire, order.match(wire)]).toEqual([wire, undefined]);
    expect(new ChannelPattern("log:%:%%").match("log:a:b:c")).toEqual({ 1: "a", 2: "b:c" });
    expect(new ChannelPattern("log:%:%%").format({ 1: "ä", 2: "b:c" })).toBe("log:%C3%A4:b:c");
    expect(() => order.format({ 1: "a:b" })).toThrow('"order:a:b" is no name of the pattern "order:%"');
  });
});

onEachDatabase((_name, open) => {
  it("matches in the node, and in SQL, what the definition requires", async () => {
    const { client } = await open();
    const pairs = fc.sample(fc.tuple(pattern, name), 3_000).filter(([written]) => isPattern(written));
    const rows = await client.query<{ readonly is: boolean }>(
      "select realtime.match(p, n) as is from unnest($1::text[], $2::text[]) with ordinality as t (p, n, i) order by i",
      [pairs.map(([written]) => written), pairs.map(([, stored]) => stored)],
    );
    const found = pairs.map(([written, stored], index) => ({
      written,
      stored,
      inSql: rows[index]?.is,
      inNode: new ChannelPattern(written).match(wireNameOf(stored)) !== undefined,
    }));
    const expected = pairs.map(([written, stored]) => {
      const is = matches(written, stored);
      return { written, stored, inSql: is, inNode: is };
    });
    expect(found).toEqual(expected);
    expect(expected.filter(({ inSql }) => inSql).length).toBeGreaterThan(50);
  });

  it.each([
    ["or%er", 'has "%" inside the segment "or%er"'],
    ["order:%x", 'has "%" inside the segment "%x"'],
    ["order:%%%", 'has "%" inside the segment "%%%"'],
    ["%%:order", 'has "%%" before its end'],
    ["order:", "has an empty segment"],
    ["a::b", "has an empty segment"],
    [":", "has an empty segment"],
    ["", "has 0 bytes"],
    ["x".repeat(513), "has 513 bytes"],
    ["a\nb", "has a control character"],
  ])("refuses the pattern %j, with the reason and what to write", async (written, why) => {
    const { client } = await open();
    const inserted = client.query("insert into realtime.channels (pattern) values ($1)", [written]);
    await expect(inserted).rejects.toMatchObject({ code: "23514", message: expect.stringContaining(why) });
  });

  it("gives a name to its most specific pattern, and returns its parameters (001-07, 001-08)", async () => {
    const { client } = await open();
    for (const written of ["%%", "order:%%", "order:%", "order:vip", "order:%:items", "order:%:%", "%:vip"])
      await client.query("insert into realtime.channels (pattern) values ($1)", [written]);
    const rows = await client.query(
      `select n as name, (realtime.channel_of(n)).pattern, realtime.params_of((realtime.channel_of(n)).pattern, n) as params
       from unnest(array['order:vip', 'order:1', 'order:1:items', 'order:1:x', 'order:1:x:y', 'chat:vip', 'chat', 'order:%']) n`,
    );
    expect(rows.map(({ name: each, pattern: found, params }) => [each, found, params])).toEqual([
      ["order:vip", "order:vip", []],
      ["order:1", "order:%", ["1"]],
      ["order:1:items", "order:%:items", ["1"]],
      ["order:1:x", "order:%:%", ["1", "x"]],
      ["order:1:x:y", "order:%%", ["1", "x", "y"]],
      ["chat:vip", "%:vip", ["chat"]],
      ["chat", "%%", ["chat"]],
      ["order:%", null, []],
    ]);
  });
});
