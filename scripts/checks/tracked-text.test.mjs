import { expect, it } from "vitest";
import { textProblems } from "./tracked-text.mjs";

const HERE = ["/srv/checkout/"];

it.each([
  ["a path of this very machine", "see /srv/checkout/packages"],
  ["a home folder", `const file = "${"/home"}/ada/notes.md";`],
  ["a Mac's home", `(${"/Users"}/ada/notes.md)`],
  ["root's home", `cd ${"/root"}/work/`],
])("finds %s, with file and line", (_what, line) => {
  expect(textProblems("docs/a.md", `fine\n${line}`, HERE)).toEqual([
    expect.stringMatching(/^docs\/a\.md:2 holds a path/),
  ]);
});

it.each(["https://example.org/home/ada/", "./home/page/", "the /root entry", "pages/Users/list/", "~/home/x/"])(
  "passes %j",
  (line) => {
    expect(textProblems("docs/a.md", line, HERE)).toEqual([]);
  },
);

it.each([
  "    resolution: {integrity: sha512-x, tarball: https://registry.example.org/a/-/a-1.0.0.tgz}",
  "      tarball: https://registry.example.org/a/-/a-1.0.0.tgz",
])("finds a registry in the lock file: %s", (line) => {
  expect(textProblems("pnpm-lock.yaml", line, HERE)).toEqual([
    expect.stringMatching(/^pnpm-lock\.yaml:1 names a registry/),
  ]);
});

it("finds a registry in an .npmrc, but not the address in a deprecation notice or in a document", () => {
  expect(textProblems("apps/a/.npmrc", "registry=https://registry.example.org/", HERE)).toHaveLength(1);
  expect(textProblems("pnpm-lock.yaml", "    deprecated: see https://example.org/registry", HERE)).toEqual([]);
  expect(textProblems("docs/a.md", "the registry at https://example.org/", HERE)).toEqual([]);
});
