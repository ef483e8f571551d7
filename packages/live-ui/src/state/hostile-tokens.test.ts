import { FakeClock, seededRandom } from "@repo/core-testing";
import { describe, expect, it } from "vitest";
import { MAX_TOKEN_LENGTH, PageTokens } from "./page-tokens.js";

const SECRET = "s".repeat(32);
const CLOCK = new FakeClock();
const WHO = { page: "/boards/:id", userId: "mia", session: "s1" };
const CLAIMS = {
  ...WHO,
  params: { id: "42" },
  fingerprint: "k3_fZ0aa",
  instance: "KAFmEjQ0pGdkC2bM",
  version: 7,
  state: { n: 1 },
};
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

describe.each([{ encrypt: false }, { encrypt: true }])("hostile page tokens, %j", ({ encrypt }) => {
  const tokens = new PageTokens({ secrets: [SECRET, "t".repeat(32)], encrypt, clock: CLOCK });
  const token = tokens.sign(CLAIMS);
  const accepted = (candidates: Iterable<unknown>) =>
    Array.from(candidates).filter((candidate) => candidate !== token && tokens.read(candidate, WHO) !== undefined);

  it("are refused with any bit of any character flipped, or any other character there", () => {
    const candidates = Array.from(token).flatMap((character, at) => {
      const others = [...ALPHABET, ".", "=", "+", "/", "\0", "é"];
      for (let bit = 1; bit < 0x10000; bit *= 2) others.push(String.fromCharCode(character.charCodeAt(0) ^ bit));
      return others.map((other) => token.slice(0, at) + other + token.slice(at + 1));
    });
    expect(candidates.length).toBeGreaterThan(10_000);
    expect(accepted(candidates)).toEqual([]);
    expect(tokens.read(token, WHO)?.state).toEqual({ n: 1 });
  });

  it("are refused when truncated, extended, or with a character inserted or left out", () => {
    const candidates: string[] = [];
    for (let at = 0; at <= token.length; at += 1) {
      const [before, after] = [token.slice(0, at), token.slice(at)];
      candidates.push(before, after, before + after.slice(1));
      for (const more of ["A", ".", "=", " ", "\n", "\0", ".A", token]) candidates.push(before + more + after);
    }
    expect(accepted(candidates)).toEqual([]);
  });

  it("have one spelling: padding, other alphabets, trailing bits, more separators and escapes are refused", () => {
    const [version, keyId, payload, mac] = token.split(".") as [string, string, string, string];
    const parts = (middle: string, end: string) => [version, keyId, middle, end].join(".");
    const last = ALPHABET.indexOf(mac.at(-1) ?? "");
    const trailing = [1, 2, 3].map((bits) => mac.slice(0, -1) + ALPHABET.charAt(last ^ bits));
    expect(trailing.map((text) => Buffer.from(text, "base64url"))).toContainEqual(Buffer.from(mac, "base64url")); // the same bytes
    const candidates = [
      ...trailing.map((text) => parts(payload, text)),
      parts(`${payload}=`, mac),
      parts(payload, `${mac}=`),
      parts(Buffer.from(payload, "base64url").toString("base64"), Buffer.from(mac, "base64url").toString("base64")),
      parts(Buffer.from(payload, "base64url").toString("hex"), Buffer.from(mac, "base64url").toString("hex")),
      `${version}..${keyId}.${payload}.${mac}`,
      `${version}.${keyId}..${payload}.${mac}`,
      `${token}.`,
      `.${token}`,
      token.replaceAll(".", "%2E"),
      encodeURIComponent(`${token}\n`),
      `V${token.slice(1)}`,
      `v01${token.slice(2)}`,
      `${token}\n`,
      `\ufeff${token}`,
      token.normalize("NFKD") + "\u0301",
    ];
    expect(accepted(candidates)).toEqual([]);
  });

  it("are refused for another page, user, session, or one that only looks the same when joined", () => {
    for (const other of [
      { page: "/boards/:id/" },
      { page: "/boards" },
      { userId: "sam" },
      { userId: null },
      { userId: "" },
      { session: "s2" },
      { session: "" },
      { page: '/boards/:id","mia', userId: "s1", session: "" },
      { page: "/boards/:id\n" },
      { userId: "mia\0" },
    ])
      expect(tokens.read(token, { ...WHO, ...other })).toBeUndefined();
    for (const joint of [",", "\n", '","', " ", "\0", ""]) {
      const one = tokens.sign({ ...CLAIMS, page: "a", userId: `b${joint}c`, session: "d" });
      expect(tokens.read(one, { page: `a${joint}b`, userId: "c", session: "d" })).toBeUndefined();
    }
    const anonymous = tokens.sign({ ...CLAIMS, userId: null });
    expect(tokens.read(anonymous, { ...WHO, userId: "null" })).toBeUndefined();
    expect(tokens.read(anonymous, { ...WHO, userId: null })).toBeDefined();
  });

  it("are refused with the payload of one and the MAC of another, whatever differs", () => {
    const others = [
      { params: { id: "43" } },
      { fingerprint: "k3_fZ0ab" },
      { version: 8 },
      { instance: "KAFmEjQ0pGdkC2bN" },
      { state: { n: 2 } },
      { digest: "x" },
      { page: "/other" },
      { userId: "sam" },
      { session: "s2" },
    ].map((change) => tokens.sign({ ...CLAIMS, ...change }));
    const candidates = others.flatMap((other) => {
      const [mine, its] = [token.split("."), other.split(".")];
      return [
        [...mine.slice(0, 3), its[3]].join("."),
        [...its.slice(0, 3), mine[3]].join("."),
        [mine[0], its[1], mine[2], its[3]].join("."),
      ];
    });
    expect(accepted(candidates).filter((candidate) => !others.includes(String(candidate)))).toEqual([]);
  });

  it("are refused at any size and of any type, before any work", () => {
    const megabytes = "A".repeat(16 * 1024 * 1024);
    const long = [
      megabytes,
      token + megabytes,
      `v1.${token.split(".")[1]}.${megabytes}.${token.slice(-43)}`,
      ".".repeat(1e7),
    ];
    const started = performance.now();
    for (let round = 0; round < 10_000; round += 1) for (const each of long) tokens.read(each, WHO);
    expect(performance.now() - started).toBeLessThan(10_000); // reading 16 MiB takes some milliseconds each time
    const objects = [undefined, null, 1, 1n, {}, [token], Symbol("x"), () => token, { toString: () => token }];
    expect(accepted([...long, ...objects, "x".repeat(MAX_TOKEN_LENGTH), ""])).toEqual([]);
  });

  it("are refused, 25 000 random ones, made of parts of real ones", () => {
    const random = seededRandom(10);
    const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
    const text = (length: number, from = ALPHABET) =>
      Array.from({ length }, () => from.charAt(Math.floor(random() * from.length))).join("");
    const [, keyId = "", payload = "", mac = ""] = token.split(".");
    const other = tokens.sign({ ...CLAIMS, session: "s2" });
    const hostile = '\0\ud800\u00e9.=+/%{}[]"\\\n AZaz09-_';
    const candidate = (): string => {
      const part = () =>
        pick([keyId, payload, mac, "", text(4), text(43), text(200), text(20, hostile), ...other.split(".")] as const);
      const form = pick(["parts", "cut", "noise", "bytes"]);
      if (form === "parts") return [pick(["v1", "v1", "v2", ""]), part(), part(), part()].join(".");
      if (form === "cut")
        return token.slice(0, random() * token.length) + pick([token, other, text(50)]).slice(random() * 160);
      if (form === "noise") return text(random() * 300, hostile);
      return `v1.${keyId}.${text(1 + random() * 300)}.${text(43)}`;
    };
    expect(accepted(Array.from({ length: 25_000 }, candidate))).toEqual([]);
  });
});
