import fc from "fast-check";
import { expect, it } from "vitest";
import { RealtimeError } from "../../index.js";
import { idOf, parseClientFrame, parseJson } from "./parse-client-frame.js";

const parse = (text: string) => parseClientFrame(parseJson(text), 32);
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

it.each([
  ['{"type":"subscribe","id":"1","channel":"a"}', { type: "subscribe", id: "1", channel: "a" }],
  ['{"type":"subscribe","channel":"a","since":{"epoch":"e","offset":3}}', { since: { epoch: "e", offset: 3 } }],
  ['{"type":"message","channel":"a","payload":{"constructor":"word"}}', { payload: { constructor: "word" } }],
  [`{"type":"message","channel":"a","payload":${deep(32)}}`, { type: "message" }],
  ['{"type":"ping","more":"is ignored"}', { type: "ping" }],
])("reads %s", (text, frame) => {
  expect(parse(text)).toMatchObject(frame);
});

it.each([
  "",
  "null",
  "1",
  '"subscribe"',
  "[]",
  "{}",
  "{",
  '{"type":"subscribe"}',
  '{"type":"subscribe","channel":7}',
  '{"type":"subscribe","channel":""}',
  '{"type":"subscribe","channel":"a","id":1}',
  '{"type":"subscribe","channel":"a","since":1}',
  '{"type":"subscribe","channel":"a","since":{"epoch":"e","offset":-1}}',
  '{"type":"subscribe","channel":"a","since":{"epoch":"e","offset":"1"}}',
  '{"type":"subscribe","channel":"a","rewind":0}',
  '{"type":"subscribe","channel":"a","rewind":101}',
  '{"type":"subscribe","channel":"a","latest":1}',
  '{"type":"unsubscribe"}',
  '{"type":"connected"}',
  '{"type":"__proto__"}',
  '{"type":["subscribe"],"channel":"a"}',
  '{"type":{"toString":7}}',
  '{"type":"message","channel":"a","payload":{"__proto__":{"admin":true}}}',
  '{"type":"message","channel":"a","payload":{"\\u005f_proto__":1}}',
  '{"type":"message","channel":"a","payload":{"constructor":{"prototype":{"admin":true}}}}',
  `{"type":"message","channel":"a","payload":${deep(33)}}`,
  `{"type":"message","channel":"a","payload":${deep(10_000)}}`,
  `{"type":"message","channel":"${"x".repeat(5_000)}"}`,
  `{"type":"message","channel":"a","id":"${"x".repeat(65)}"}`,
])("refuses %.60s with FRAME_INVALID", (text) => {
  expect(() => parse(text)).toThrow(RealtimeError);
  expect(() => parse(text)).toThrow(/not part of the protocol/);
});

it("turns any input into a frame or FRAME_INVALID, and never another error", () => {
  const attempt = (value: unknown) => {
    try {
      return parseClientFrame(value, 32).type;
    } catch (error) {
      return error instanceof RealtimeError ? error.code : error;
    }
  };
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }), (value) => {
      expect(["FRAME_INVALID", "ping", "refresh"]).toContain(attempt(value));
    }),
    { numRuns: 2_000 },
  );
});

it("reads an id even from what is no frame, and only a string of its own", () => {
  expect(idOf({ id: "7" })).toBe("7");
  for (const other of [null, "x", { id: 7 }, { id: "x".repeat(65) }, Object.create({ id: "inherited" })])
    expect(idOf(other)).toBeUndefined();
});
