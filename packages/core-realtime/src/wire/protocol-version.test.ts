import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PROTOCOL_VERSION } from "./frames.js";

/** Every version of the wire with the hash of its types. A change of frames adds a row: bump PROTOCOL_VERSION, rewrite PROTOCOL.md. */
const PUBLISHED: Readonly<Record<number, string>> = {
  1: "9394d72e14a51c1d",
  2: "0715460897a9fd75",
};

it("bumps the protocol version whenever a frame changes", () => {
  expect(PUBLISHED[PROTOCOL_VERSION]).toBe(hashOf("frames.ts", "envelope.ts", "message-text.ts"));
});

it("names the version and every frame in PROTOCOL.md", () => {
  const protocol = readFileSync(new URL("../../PROTOCOL.md", import.meta.url), "utf8");
  const types = [...sourceOf("frames.ts").matchAll(/readonly type: "(\w+)"/g)].map(([, type]) => type);
  expect(types.length).toBeGreaterThan(10);
  expect(protocol).toContain(`Version ${PROTOCOL_VERSION}`);
  for (const type of types) expect(protocol).toContain(`\`${type}\``);
});

/** Comments and white space may change freely. */
function hashOf(...files: readonly string[]): string {
  const code = files.map((file) =>
    sourceOf(file)
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")
      .replace(/\s+/g, " "),
  );
  return createHash("sha256").update(code.join("\n")).digest("hex").slice(0, 16);
}

function sourceOf(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}
