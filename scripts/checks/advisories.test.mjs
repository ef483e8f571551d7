import { expect, it } from "vitest";
import { readAudit } from "./advisories.mjs";

it("passes an audit without findings", () => {
  expect(readAudit({ status: 0, output: "No known vulnerabilities found" })).toBe("clean");
});

it("fails an audit with findings", () => {
  expect(readAudit({ status: 1, output: "1 vulnerabilities found\nSeverity: 1 high" })).toBe("found");
});

it("fails an audit that went wrong in a way it does not know", () => {
  expect(readAudit({ status: 1, output: "ERR_PNPM_AUDIT_NO_LOCKFILE" })).toBe("found");
});

it.each(["ERR_PNPM_AUDIT_BAD_RESPONSE … responded with 405", "getaddrinfo ENOTFOUND registry.example.org"])(
  "recognises that a registry did not reply: %s",
  (output) => {
    expect(readAudit({ status: 1, output })).toBe("no reply");
  },
);
