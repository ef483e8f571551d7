import { expect, it } from "vitest";
import { authorize } from "./authorize.js";

const mia = { userId: "mia", roles: ["member"] };
const sam = { userId: "sam", roles: ["staff"] };

it.each([
  ["public", null, true],
  ["authenticated", null, false],
  ["authenticated", mia, true],
  [{ role: "staff" }, null, false],
  [{ role: "staff" }, mia, false],
  [{ role: "staff" }, sam, true],
  [{ userScoped: "userId" }, null, false],
  [{ userScoped: "userId" }, mia, true],
  [{ userScoped: "userId" }, sam, false],
  [{ userScoped: "toString" }, mia, false],
] as const)("scope %j and user %j: %s", (scope, user, allowed) => {
  expect(authorize({ scope }, { userId: "mia" }, user)).toBe(allowed);
});
