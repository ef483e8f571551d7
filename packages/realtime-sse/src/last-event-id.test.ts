import fc from "fast-check";
import { expect, it } from "vitest";
import { formatPlace, joinPlaces, MAX_ID_BYTES, parseLastEventId, type Place } from "./last-event-id.js";

const place = fc.record({
  channel: fc.stringMatching(/^[A-Za-z0-9_.:%-]{1,40}$/),
  since: fc.record({ epoch: fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/), offset: fc.maxSafeNat() }),
});
const anyText = fc.uint16Array({ maxLength: 30 }).map((units) => String.fromCharCode(...units));
const places = fc.uniqueArray(place, { minLength: 1, maxLength: 20, selector: ({ channel }) => channel });

it("reads what it wrote", () => {
  fc.assert(
    fc.property(places, (written) => {
      expect(parseLastEventId(idOf(written))).toEqual(written);
    }),
  );
});

it("takes any other text for nothing, and never guesses: what is read spells the same again", () => {
  const hostile = fc.oneof(anyText, fc.string({ unit: fc.constantFrom(..."ab01=;.%-"), maxLength: 30 }));
  fc.assert(
    fc.property(hostile, (text) => {
      const read = parseLastEventId(text);
      if (read) expect(idOf(read)).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

it("takes an id of its own with one character changed for nothing, or for exactly what it states", () => {
  fc.assert(
    fc.property(places, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (written, at, character) => {
      const id = idOf(written);
      const changed = id.slice(0, at % id.length) + character + id.slice((at % id.length) + 1);
      const read = parseLastEventId(changed);
      if (read) expect(idOf(read)).toBe(changed);
    }),
  );
});

it.each([
  ["nothing", ""],
  ["no position", "logs.1"],
  ["no offset", "logs.1=e"],
  ["four parts", "logs.1=e=1=1"],
  ["an offset with a sign", "logs.1=e=-1"],
  ["an offset with a leading zero", "logs.1=e=01"],
  ["an offset that no number holds", "logs.1=e=9007199254740993"],
  ["an offset in another notation", "logs.1=e=1e3"],
  ["the same channel twice", "logs.1=e=1;logs.1=e=2"],
  ["an empty part", "logs.1=e=1;"],
  ["a line break", "logs.1=e=1\n"],
  ["a space", "logs.1=e= 1"],
  ["65 channels", Array.from({ length: 65 }, (_, n) => `c${n}=e=1`).join(";")],
  ["more than 4 KiB", `${"c".repeat(MAX_ID_BYTES)}=e=1`],
])("refuses %s", (_what, text) => {
  expect(parseLastEventId(text)).toBeUndefined();
});

it("leaves out an epoch that cannot be spelt on one line", () => {
  for (const epoch of ["a\nb", "a=b", "a;b", "", "é", "e".repeat(65)])
    expect(formatPlace({ channel: "logs.1", since: { epoch, offset: 1 } })).toBeUndefined();
});

it("keeps to 4 KiB, the longest unused left out first", () => {
  const parts = Array.from({ length: 60 }, (_, n) => `${"c".repeat(90)}${n}=${"e".repeat(30)}=1`);
  const id = joinPlaces(parts);
  expect(id.length).toBeLessThanOrEqual(MAX_ID_BYTES);
  expect(id.length).toBeGreaterThan(MAX_ID_BYTES - 150);
  expect(id.endsWith(parts.at(-1) ?? "?")).toBe(true);
  expect(parseLastEventId(id)).toHaveLength(id.split(";").length);
});

function idOf(written: readonly Place[]): string {
  return joinPlaces(written.map((one) => formatPlace(one) ?? "?"));
}
