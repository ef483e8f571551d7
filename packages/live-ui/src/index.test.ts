import { expect, it } from "vitest";
import * as entry from "./index.js";

it("exports what pages are written with, and nothing of how they are compared, kept and sent", () => {
  expect(Object.keys(entry).toSorted()).toEqual([
    "InMemoryStateStore",
    "PostgresStateStore",
    "component",
    "createLivePages",
    "defineComponent",
    "each",
    "html",
    "live",
    "partial",
    "partialsReply",
    "raw",
    "ref",
    "respondHtml",
    "respondPartials",
  ]);
});
