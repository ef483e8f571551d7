import { createHmac, hkdfSync } from "node:crypto";
import { PageTokens } from "@repo/live-ui/protocol";
import { expect, it } from "vitest";
import { page } from "./sql-of-page";

const PROTOCOL = "../packages/live-ui/PROTOCOL.md";

it("signs the token that PROTOCOL.md shows, with the keys that it derives", () => {
  const [secret = "", time = "", token = ""] = ["secret", "time", "token"].map(
    (name) => new RegExp(`^${name}: +(.+)$`, "m").exec(page(PROTOCOL))?.[1] ?? "",
  );
  const binding = { page: "/counter", userId: "mia", session: "s1" };
  const claims = { ...binding, params: {}, fingerprint: "f0", instance: "q1w2", version: 3, digest: "d0" };
  const tokens = new PageTokens({ secrets: [secret], clock: { now: () => Number(time) } });
  expect(tokens.sign({ ...claims, state: [{ count: 7 }] })).toBe(token);

  const key = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "", `live-ui page token v1: ${purpose}`, 32));
  const [, id, payload = ""] = token.split(".");
  expect(id).toBe(key("readable key id").toString("base64url").slice(0, 4));
  expect(page(PROTOCOL)).toContain(`payload: ${Buffer.from(payload, "base64url").toString()}\n`);
  const signed = `live-ui page token\n["/counter","mia","s1"]\nv1.${id}.${payload}`;
  const mac = createHmac("sha256", key("readable hmac-sha256")).update(signed).digest("base64url");
  expect(`v1.${id}.${payload}.${mac}`).toBe(token);
});
