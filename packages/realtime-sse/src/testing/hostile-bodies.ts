import type { HostileInput } from "@repo/core-testing/contracts";

/** Hostile bodies of a POST, from a client that may post. */
export const hostileInputs: readonly HostileInput[] = [
  body("an object where an array belongs", "{}"),
  body("an array that never ends", "[".repeat(200_000)),
  body("an array nested 100 000 deep", "[".repeat(100_000) + "]".repeat(100_000)),
  body("two arrays", "[][]"),
  body("a thousand pings", `[${Array.from({ length: 1_000 }, () => `{"type":"ping"}`).join(",")}]`),
  body("a hundred frames of nothing", `[${Array.from({ length: 100 }, () => "null").join(",")}]`),
  body("__proto__ at the top", `{"__proto__":[{"type":"ping"}]}`),
  body("half a surrogate", `[{"type":"ping","x":"\\ud800"}]`),
];

function body(name: string, text: string): HostileInput {
  return { name, play: (link) => link.sendBytes?.(Buffer.from(text)) };
}
