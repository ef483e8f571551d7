import { expect, it } from "vitest";
import { consoleReport } from "./console-report.js";
import { capturedConsole } from "./log-under-test.js";

it("writes the stack under its name, without the error's other properties", () => {
  const written = capturedConsole();
  const cause = Object.assign(new Error("no such table"), { headers: { authorization: "Bearer s3cret" } });
  consoleReport("live pages")(new Error("The page failed.", { cause }));
  expect(written).toEqual([expect.stringMatching(/^live pages: a failure\nError: The page failed\.\n {8}at /)]);
  expect(written[0]).toContain("Caused by: Error: no such table");
  expect(written[0]).not.toContain("s3cret");
});

it("writes 20 failures at once and then one a second, and counts those it leaves out", () => {
  const written = capturedConsole();
  let now = 0;
  const report = consoleReport("live pages", { monotonic: () => now });
  for (let n = 0; n < 100; n += 1) report(new Error("again"));
  expect(written).toHaveLength(20);
  now = 1_000;
  report(new Error("again"));
  expect(written[20]).toMatch(/^live pages: a failure \(80 more were not written\)\n/);
});
