import { FakeClock } from "@repo/core-testing";
import { describe, expect, it } from "vitest";
import type { NewPageClaims } from "./page-claims.js";
import { MAX_TOKEN_LENGTH, PageTokens, type PageTokensOptions } from "./page-tokens.js";

const SECRET = "a".repeat(32);
const NEW_SECRET = "b".repeat(32);
const PAGE: NewPageClaims = {
  page: "/boards/:id",
  params: { id: "42" },
  fingerprint: "k3_fZ0aa",
  userId: "mia",
  session: "s1",
  instance: "KAFmEjQ0pGdkC2bM",
  version: 7,
  digest: "1x9k2m4n0p",
  state: { filter: "open" },
};

describe("page tokens", () => {
  it.each([{ encrypt: false }, { encrypt: true }])(
    "return the claims that were signed, with their times: %j",
    (options) => {
      const clock = new FakeClock(1_767_225_600_123);
      const tokens = tokensWith({ ...options, clock });
      const times = { issuedAt: 1_767_225_600_000, expiresAt: 1_767_229_200_000 };
      for (const claims of [
        PAGE,
        { ...PAGE, userId: null, params: {}, digest: undefined, state: undefined, version: 0 },
        { ...PAGE, page: "\0 \ud800", params: { "ü.": "🜂 \n", $: "" }, session: "", state: null },
      ])
        expect(tokens.read(tokens.sign(claims), claims)).toEqual({ ...claims, ...times });
    },
  );

  it("have one text for equal claims", () => {
    const clock = new FakeClock();
    const tokens = tokensWith({ clock });
    const [one, other] = [
      { a: "1", b: "2" },
      { b: "2", a: "1" },
    ];
    expect(tokens.sign({ ...PAGE, params: one })).toBe(tokens.sign({ ...PAGE, params: other }));
  });

  it("have at most 170 characters for a page whose state is one number, and 215 encrypted", () => {
    const counter = { ...PAGE, page: "/counter", params: {}, version: 12, state: { count: 12 } };
    expect(tokensWith().sign(counter).length).toBeLessThanOrEqual(170);
    expect(tokensWith({ encrypt: true }).sign(counter).length).toBeLessThanOrEqual(215);
  });

  it("expire by the clock, at their second", () => {
    const clock = new FakeClock(1_767_225_600_000);
    const tokens = tokensWith({ clock, ttlMs: 60_000 });
    const token = tokens.sign(PAGE);
    clock.advance(59_999);
    expect(tokens.read(token, PAGE)).toBeDefined();
    clock.advance(1);
    expect(tokens.read(token, PAGE)).toBeUndefined();
  });

  it("are due to be replaced when half of their time is over", () => {
    const clock = new FakeClock(1_767_225_600_000);
    const tokens = tokensWith({ clock, ttlMs: 60_000 });
    const { claims } = tokens.issue(PAGE);
    clock.advance(29_999);
    expect(tokens.isDue(claims)).toBe(false);
    clock.advance(1);
    expect(tokens.isDue(claims)).toBe(true);
  });

  it("are accepted with the secret that is being replaced, and signed with the new one", () => {
    const [before, during, after] = [[SECRET], [NEW_SECRET, SECRET], [NEW_SECRET]].map((secrets) =>
      tokensWith({ secrets }),
    );
    const old = before?.sign(PAGE);
    expect(during?.read(old, PAGE)).toBeDefined();
    expect(after?.read(old, PAGE)).toBeUndefined();
    const renewed = during?.sign(PAGE);
    expect(after?.read(renewed, PAGE)).toBeDefined();
    expect(before?.read(renewed, PAGE)).toBeUndefined();
  });

  it("show nothing of their claims when encrypted, and differ each time", () => {
    const tokens = tokensWith({ encrypt: true });
    const [one, other] = [tokens.sign(PAGE), tokens.sign(PAGE)];
    expect(one).not.toBe(other);
    const payload = Buffer.from(one.split(".")[2] ?? "", "base64url").toString("latin1");
    for (const word of ["open", "42", "filter", PAGE.instance, PAGE.fingerprint]) expect(payload).not.toContain(word);
  });

  it("are refused encrypted by an instance that does not encrypt, and the reverse", () => {
    const [readable, encrypted] = [tokensWith(), tokensWith({ encrypt: true })];
    expect(readable.read(encrypted.sign(PAGE), PAGE)).toBeUndefined();
    expect(encrypted.read(readable.sign(PAGE), PAGE)).toBeUndefined();
  });

  it.each([
    ["no secret", []],
    ["three", [SECRET, NEW_SECRET, "c".repeat(32)]],
    ["a short one", ["a".repeat(31)]],
    ["a short second one", [SECRET, "b"]],
    ["equal ones", [SECRET, SECRET]],
  ])("need one or two good secrets: %s", (_, secrets) => {
    expect(() => new PageTokens({ secrets })).toThrow(TypeError);
  });

  it("count the bytes of a secret, not its characters", () => {
    expect(() => new PageTokens({ secrets: ["ü".repeat(16)] })).not.toThrow();
  });

  it.each([0, -1, Number.NaN, 999, Infinity, 1000.5])("refuse a lifetime of %s ms", (ttlMs) => {
    expect(() => tokensWith({ ttlMs })).toThrow(TypeError);
  });

  it("are signed up to 4 096 characters, and refused above with what to do", () => {
    const tokens = tokensWith();
    const spare = MAX_TOKEN_LENGTH - tokens.sign({ ...PAGE, state: "" }).length;
    const fits = "x".repeat(Math.floor((spare * 3) / 4) - 2);
    expect(tokens.read(tokens.sign({ ...PAGE, state: fits }), PAGE)?.state).toBe(fits);
    expect(() => tokens.sign({ ...PAGE, state: `${fits}1234` })).toThrow(/store/);
  });
});

function tokensWith(options: Partial<PageTokensOptions> = {}): PageTokens {
  return new PageTokens({ secrets: [SECRET], ...options });
}
