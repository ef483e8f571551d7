import { expect, it } from "vitest";
import { clearSessionCookie, setSessionCookie } from "./session-cookie";

it("sets a cookie that no script reads and no foreign form carries", () => {
  expect(setSessionCookie({ seal: "abc", maxAgeMs: 60_500, secure: false })).toBe(
    "fourgate_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
  );
});

it("keeps the cookie off plain http where the page is on https", () => {
  expect(setSessionCookie({ seal: "abc", maxAgeMs: 60_000, secure: true })).toMatch(/; Secure$/);
});

it("takes the cookie away", () => {
  expect(clearSessionCookie()).toMatch(/^fourgate_session=; Path=\/; Max-Age=0;/);
});
