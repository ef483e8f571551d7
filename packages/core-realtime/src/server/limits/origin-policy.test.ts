import { expect, it } from "vitest";
import { createOriginPolicy } from "./origin-policy.js";

const ask = (policy: ReturnType<typeof createOriginPolicy>, headers: Record<string, string>) =>
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
])("same origin: %j is %s", (headers, allowed) => {
  expect(ask(createOriginPolicy("same-origin"), headers)).toBe(allowed);
});

it("takes exactly the listed origins, its own host no exception", () => {
  const policy = createOriginPolicy(["https://www.example"]);
  expect(ask(policy, { origin: "https://www.example" })).toBe(true);
  expect(ask(policy, { origin: "https://WWW.example" })).toBe(false);
  expect(ask(policy, { origin: "https://app.example" })).toBe(false);
});

it.each(["*", "https://a.example/", "a.example", "https://*.example/x", "null", ""])(
  "refuses the entry %j at start-up",
  (origin) => {
    expect(() => createOriginPolicy([origin])).toThrow(/is no origin; write it like/);
  },
);
