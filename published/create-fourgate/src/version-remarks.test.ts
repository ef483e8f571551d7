import { expect, it } from "vitest";
import { versionRemarks } from "./version-remarks.js";

const TYPED = { typescript: "^7.0.0" };

it.each([
  ["^3.25.0", "This app has zod ^3.25.0, and the files need zod 4: npm install zod@4"],
  ["3", "This app has zod 3, and the files need zod 4: npm install zod@4"],
])("says that zod %s is too old for the files", (range, sentence) => {
  expect(versionRemarks({ dependencies: { zod: range }, devDependencies: TYPED }, "node")).toEqual([sentence]);
});

it.each(["^4.0.0", ">=4", "5.0.0", "latest", "workspace:*"])("says nothing of zod %s", (range) => {
  expect(versionRemarks({ dependencies: { zod: range }, devDependencies: TYPED }, "node")).toEqual([]);
});

it("says that the host is older than the server that is shown, on that host alone", () => {
  const manifest = { dependencies: { express: "^4.18.0" }, devDependencies: TYPED };
  expect(versionRemarks(manifest, "express")).toEqual([
    "This app has express ^4.18.0, and the files need express 5: npm install express@5",
  ]);
  expect(versionRemarks(manifest, "node")).toEqual([]);
});

it("says that the files are TypeScript where an app has none, but for hosts that run it", () => {
  expect(versionRemarks({}, "express")).toEqual([expect.stringContaining("The files are TypeScript")]);
  expect(versionRemarks({}, "bun")).toEqual([]);
});
