import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { deadLinks } from "./dead-links.mjs";

it("finds the links and anchors of a built site that lead nowhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "dead-links-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "guides"));
  writeFileSync(
    join(folder, "index.html"),
    '<a href="/docs/guides/a.html#b"></a><a href="/docs/guides/a.html#c"></a><a href="https://example.org"></a>',
  );
  writeFileSync(join(folder, "guides/a.html"), '<h2 id="b"></h2><a href="../index.html"></a><a href="none.html"></a>');

  expect(deadLinks(folder, "/docs/").sort()).toEqual(["guides/a.html: none.html", "index.html: /docs/guides/a.html#c"]);
});
