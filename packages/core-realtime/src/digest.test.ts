import { expect, it } from "vitest";
import { digest } from "./digest.js";

it("gives the same for the same text on every machine: PROTOCOL.md of live queries has it", () => {
  const row = { id: "7", body: "Grüße, 你好 😀", score: 3.5, tags: ["a", null] };
  expect([row, {}, null, ""].map((value) => digest(JSON.stringify(value)))).toEqual([
    "1d8n88k1dg4",
    "1y7d3yegr5e",
    "1jnf5hgp9o7",
    "i6r460iuca",
  ]);
});
