import { expect, it } from "vitest";
import { createOriginPolicy } from "./origin-policy.js";

const allows = (policy: ReturnType<typeof createOriginPolicy>, headers: Record<string, string>) =>
  policy({ transport: "ws", url: "/", headers: { host: "app.example", ...headers } });

it.each([
  [{ origin: "https://app.example" }, true],
  [{ origin: "http://app.example" }, true],
  [{}, true],
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ origin: "null" }, false],
  [{ origin: "" }, false],
  [{ origin: "https://evil.example" }, false],
  [{ origin: "https://app.example.evil.example" }, false],
  [{ origin: "https://app.example:8443" }, false],
  [{ origin: "https://evil.example/app.example" }, false],
  [{ origin: "https://app.example/" }, false],
  [{ origin: "https://user@app.example" }, false],
  [{ origin: "https://app%2Eexample" }, false],
  [{ origin: "ws://app.example" }, false],
  [{ origin: "capacitor://app.example" }, false],
  [{ origin: "HTTPS://App.Example" }, true],
  [{ origin: "https://app.example", host: "APP.example" }, true],
  [{ origin: "https://app.example", host: "app.example:443" }, true],
  [{ origin: "https://app.example:443", host: "app.example" }, true],
  [{ origin: "http://app.example", host: "app.example:80" }, true],
  [{ origin: "https://app.example", host: "app.example:80" }, false],
  [{ origin: "http://app.example", host: "app.example:443" }, false],
  [{ origin: "https://app.example:8443", host: "app.example:8443" }, true],
  [{ origin: "http://[::1]:3000", host: "[::1]:3000" }, true],
  [{ origin: "https://app.example", host: "evil.example@app.example" }, false],
  [{ origin: "https://app.example", host: "app.example/x" }, false],
  [{ origin: "https://app.example", host: "" }, false],
])("same origin: %j is %s", (headers, allowed) => {
  expect(allows(createOriginPolicy("same-origin"), headers)).toBe(allowed);
});

it("takes exactly the listed origins, its own host no exception", () => {
  const policy = createOriginPolicy(["https://www.example"]);
  expect(allows(policy, { origin: "https://www.example" })).toBe(true);
  expect(allows(policy, { origin: "https://WWW.example:443" })).toBe(true);
  expect(allows(policy, { origin: "http://www.example" })).toBe(false);
  expect(allows(policy, { origin: "https://app.example" })).toBe(false);
});

it.each([
  "capacitor://localhost",
  "ionic://localhost",
  "tauri://localhost",
  "app://-",
  "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
  "https://APP.example:443",
])("takes an app's own origin %s where it is listed, in any case, and no other of its scheme", (origin) => {
  const policy = createOriginPolicy([origin]);
  expect([allows(policy, { origin }), allows(policy, { origin: origin.toUpperCase() })]).toEqual([true, true]);
  expect(allows(policy, { origin: origin.replace("://", "://x") })).toBe(false);
  expect(allows(policy, { origin: `${origin}/` })).toBe(false);
});

it.each([
  "*",
  "https://a.example/",
  "a.example",
  "https://*.example",
  "https://*.example/x",
  "null",
  "",
  "capacitor://localhost/",
  "file://",
  "https://user@a.example",
])("refuses the entry %j at start-up", (origin) => {
  expect(() => createOriginPolicy([origin])).toThrow(/is no origin; write it like/);
});
