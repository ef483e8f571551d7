import { expect, it, vi } from "vitest";
import { reportCause } from "./report-error.js";

it("reports from an object of options too, as browsers demand it", () => {
  const reported: unknown[] = [];
  vi.stubGlobal("reportError", function (this: unknown, cause: unknown) {
    if (this !== undefined && this !== globalThis) throw new TypeError("Illegal invocation"); // as in every browser
    reported.push(cause);
  });
  const options = { onError: reportCause };
  options.onError("lost");
  expect(reported).toEqual(["lost"]);
});
