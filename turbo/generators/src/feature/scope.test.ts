import { expect, it } from "vitest";
import { Refusal } from "../refusal.js";
import { parseScope, scopeSource } from "./scope.js";

it.each([
  ["public", `"public"`],
  ["authenticated", `"authenticated"`],
  ["role:staff", `{ role: "staff" }`],
  ["user:ownerId", `{ userScoped: "ownerId" }`],
  ["user", `{ userScoped: "userId" }`],
  ["userScoped", `{ userScoped: "userId" }`],
  ["userScoped:ownerId", `{ userScoped: "ownerId" }`],
])("reads %s as %s", (text, source) => {
  expect(scopeSource(parseScope(text))).toBe(source);
});

it.each(["", "Public", "public:x", "authenticated:", "everyone", "{ role: 1 }"])(
  "names the four scopes for %j",
  (text) => {
    expect(() => parseScope(text)).toThrow(/public, authenticated, role:<role> or user:<param>/);
  },
);

it.each([
  "role",
  "role:",
  `role:a"b`,
  "role:a b",
  "role:x".padEnd(60, "x"),
  "user:",
  "user:1a",
  "user:a-b",
  "user:a.b",
])("says what is missing in %j", (text) => {
  expect(() => parseScope(text)).toThrow(Refusal);
  expect(() => parseScope(text)).toThrow(/^Say which/);
});
