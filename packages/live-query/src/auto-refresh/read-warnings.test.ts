import { Snapshot } from "@repo/realtime-postgres";
import { expect, it } from "vitest";
import { ReadWarnings } from "./read-warnings.js";

const element = (type: unknown, children?: unknown) => ({
  $$typeof: Symbol.for("react.element"),
  type,
  props: { children },
});

it("warns once of an async component in what a page returns: what it reads is not recorded", async () => {
  const sentences: string[] = [];
  const warnings = new ReadWarnings({ query: async () => [] }, (sentence) => sentences.push(sentence));
  async function Comments() {
    return null;
  }
  function Comment() {
    return null;
  }
  const result = element("div", [element(Comment), element(Comments), "text", null]);
  const recorded = { result, reads: [], snapshot: Snapshot.parse("1:1:"), unknown: [] };
  await warnings.check("hub", recorded);
  await warnings.check("hub", recorded);
  expect(sentences).toEqual([expect.stringContaining('Page "hub" returns <Comments>')]);
});
