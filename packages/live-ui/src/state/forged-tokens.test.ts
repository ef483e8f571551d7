import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PageTokens } from "./page-tokens.js";
import { TokenKey } from "./token-key.js";

const SECRET = "s".repeat(32);
const WHO = { page: "/boards/:id", userId: "mia", session: "s1" };
const CLAIMS = { ...WHO, params: { id: "42" }, fingerprint: "k3_fZ0aa", instance: "KAFmEjQ0pGdkC2bM", version: 7 };

describe.each([{ encrypt: false }, { encrypt: true }])("forged page tokens, %j", ({ encrypt }) => {
  const tokens = new PageTokens({ secrets: [SECRET, "t".repeat(32)], encrypt });
  const token = tokens.sign(CLAIMS);
  const accepted = (candidates: Iterable<unknown>) =>
    Array.from(candidates).filter((candidate) => tokens.read(candidate, WHO) !== undefined);

  it("are refused with another algorithm, key or domain than ours", () => {
    const signed = token.slice(0, token.lastIndexOf("."));
    const [keyId = "", payload = ""] = token.split(".").slice(1);
    const jwt = (header: object) => Buffer.from(JSON.stringify(header)).toString("base64url");
    const input = `live-ui page token\n${JSON.stringify(["/boards/:id", "mia", "s1"])}\n${signed}`;
    const candidates = [
      `${jwt({ alg: "none" })}.${payload}.`,
      `${jwt({ alg: "HS256", kid: keyId })}.${payload}.${hmac(SECRET, payload)}`,
      `none.${keyId}.${payload}.${"A".repeat(43)}`,
      `v0.${keyId}.${payload}.${token.slice(-43)}`,
      `v2.${keyId}.${payload}.${token.slice(-43)}`,
      `${signed}.${"A".repeat(43)}`,
      `${signed}.`,
      signed,
      ...["", keyId, SECRET, "s".repeat(33), "\0".repeat(32)].map((key) => `${signed}.${hmac(key, input)}`),
      ...["sha1", "sha512", "md5"].map((name) => `${signed}.${hmac(SECRET, input, name).padEnd(43, "A").slice(0, 43)}`),
      `${signed}.${new TokenKey(SECRET, encrypt).macOf(signed)}`,
      `${signed}.${new TokenKey(SECRET, encrypt).macOf(`auto-refresh ${signed}`)}`,
      `${signed}.${new TokenKey(SECRET, !encrypt).macOf(input)}`,
      `${signed}.${new TokenKey("u".repeat(32), encrypt).macOf(input)}`,
    ];
    expect(accepted(candidates)).toEqual([]);
    expect(`${signed}.${new TokenKey(SECRET, encrypt).macOf(input)}`).toBe(token); // that one is ours
  });

  it("are refused where the MAC is right and the content is not ours", () => {
    const key = new TokenKey(SECRET, encrypt);
    const signedAs = (payload: Buffer) => {
      const signed = `v1.${key.id}.${payload.toString("base64url")}`;
      return `${signed}.${key.macOf(`live-ui page token\n${JSON.stringify(["/boards/:id", "mia", "s1"])}\n${signed}`)}`;
    };
    const fields: readonly unknown[] = ["i", 1, "zzzzzz", 3600, "f", 0, 0, { n: 1 }];
    const wrong = [
      ...["", "null", "{}", "[]", "1", '"x"', "not json", "[".repeat(2_500)],
      ...fields.slice(0, 7).flatMap((_, at) =>
        [null, -1, 1.5, {}, [], true, "ü", { a: 1 }].flatMap((value) => {
          const isValid = typeof fields[at] === "string" && at !== 2 && value === "ü";
          return isValid || (at === 5 && value === "ü") ? [] : [JSON.stringify(fields.with(at, value))];
        }),
      ),
      JSON.stringify(fields.slice(0, 6)),
      JSON.stringify([...fields, 1]),
    ].filter((text) => text !== JSON.stringify(fields.with(6, {})));
    const candidates = wrong.map((text) => signedAs(key.seal(text)));
    expect(accepted([...candidates, ...[0, 1, 12, 27, 28].map((bytes) => signedAs(Buffer.alloc(bytes + 1)))])).toEqual(
      [],
    );
    expect(tokens.read(signedAs(key.seal(JSON.stringify(fields))), WHO)?.state).toEqual({ n: 1 });
  });
});

function hmac(key: string, text: string, algorithm = "sha256"): string {
  return createHmac(algorithm, key).update(text).digest("base64url");
}
