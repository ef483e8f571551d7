import fc from "fast-check";
import { expect, it } from "vitest";
import { eventReader } from "./sse-events.js";

const STREAM =
  'retry: 700\n\ndata: {"a":1}\n\n:\n\nid: x=y=1\ndata: {"b":"ü\\n"}\n\nevent: x\r\ndata: one\r\ndata: two\r\n\r\ndata:{"c":3}\n\ndata: not whole';
const DATA = ['{"a":1}', '{"b":"ü\\n"}', "one\ntwo", '{"c":3}'];

it("reads the data of each whole event, wherever the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 20 }), (cuts) => {
      const received: string[] = [];
      const read = eventReader((data) => received.push(data));
      const places = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      places.slice(1).forEach((end, index) => read(STREAM.slice(places[index], end)));
      expect(received).toEqual(DATA);
    }),
    { numRuns: 1_000 },
  );
});
