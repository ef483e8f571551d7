import fc from "fast-check";
import { expect, it } from "vitest";
import { controlField, eventText, silentText } from "./event-text.js";
import { EventReader, type ReadEvent } from "./testing/event-reader.js";

it("carries any JSON as one event, however the network cuts it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.nat(200)), (value, cuts) => {
      const text = eventText(JSON.stringify(value)).toString();
      expect(read(pieces(text, cuts))).toEqual([{ data: JSON.stringify(value), lastEventId: "" }]);
    }),
  );
});

it("carries text that looks like the wire's own", () => {
  const value = "\r\n\r\nevent: evil\ndata: {}\n\nid: x\r:comment\u2028\u2029\0";
  expect(read([eventText(JSON.stringify(value)).toString()])).toEqual([
    { data: JSON.stringify(value), lastEventId: "" },
  ]);
});

it.each(["a\rb", "a\nb", "a\r\nb", "\n", "a\0b"])("refuses %j in a control field, and as data", (text) => {
  expect(() => controlField("id", text)).toThrow(TypeError);
  expect(() => controlField("retry", text)).toThrow(TypeError);
  expect(() => eventText(text)).toThrow(TypeError);
});

it("gives a browser an id without passing the page anything", () => {
  const reader = new EventReader(() => expect.unreachable());
  reader.push(silentText(controlField("id", "logs.1=e=7")).toString());
  expect(reader.lastEventId).toBe("logs.1=e=7");
});

function pieces(text: string, cuts: readonly number[]): readonly string[] {
  const at = [...cuts, text.length].sort((a, b) => a - b);
  return at.map((end, index) => text.slice(at[index - 1] ?? 0, end));
}

function read(texts: readonly string[]): readonly ReadEvent[] {
  const events: ReadEvent[] = [];
  const reader = new EventReader((event) => events.push(event));
  for (const text of texts) reader.push(text);
  return events;
}
