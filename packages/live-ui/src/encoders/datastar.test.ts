import { expect, it } from "vitest";
import { ENCODER_CASES } from "../testing/encoder-cases.js";
import { htmlPage } from "../testing/encoder-contract.js";
import { encodeDatastar } from "./datastar.js";

/** The events of a stream, read by the format of server-sent events; lines of one key are joined again. */
function eventsOf(stream: string): readonly Readonly<Record<string, string>>[] {
  expect(stream === "" || stream.endsWith("\n\n")).toBe(true);
  return stream
    .split("\n\n")
    .slice(0, -1)
    .map((block) => {
      const lines = block.split("\n");
      expect(lines.shift()).toBe("event: datastar-patch-elements");
      const fields: Record<string, string> = {};
      for (const line of lines) {
        const [, key = "", value = ""] = /^data: (\w+) ([^\r]*)$/.exec(line) ?? [];
        expect(["selector", "mode", "elements"]).toContain(key);
        fields[key] = key in fields ? `${fields[key] ?? ""}\n${value}` : value;
      }
      return fields;
    });
}

it.each(ENCODER_CASES)("writes events that name a selector and a known mode: $name", ({ operations, after }) => {
  for (const { selector, mode = "outer", elements } of eventsOf(encodeDatastar(operations, htmlPage(after)))) {
    expect(selector).toMatch(/^#(?:[\w-]|\\[0-9a-f]{6})+$/);
    expect(["outer", "inner", "replace", "prepend", "append", "before", "remove"]).toContain(mode);
    expect(elements === undefined).toBe(mode === "remove");
  }
});

it("sends each kind of operation in its mode, and lines of HTML as lines of the event", () => {
  const after = `<ul id="list" class="b"><li id="a">1\n2</li></ul>`;
  const stream = encodeDatastar(
    [
      { kind: "text", target: "t", text: "<1>" },
      { kind: "append", target: "x", content: "<p>\r\n</p>\n" },
      { kind: "delete", target: "y" },
      { kind: "attributes", target: "list", set: { class: "b" } },
    ],
    htmlPage(after),
  );
  expect(eventsOf(stream)).toEqual([
    { selector: "#y", mode: "remove" },
    { selector: "#t", mode: "inner", elements: "&lt;1&gt;" },
    { selector: "#x", mode: "append", elements: "<p>\n</p>\n" },
    { selector: "#list", elements: after },
  ]);
});

it("refuses content that Datastar would read as a document", () => {
  const encode = (content: string) => encodeDatastar([{ kind: "append", target: "x", content }], htmlPage(""));
  expect(() => encode("<script>'</body>'</script>")).toThrow(/Datastar rewrites/);
  expect(encode(`<p title="</body>">1</p>`)).toContain(`<p title="&lt;/body>">1</p>`);
});
