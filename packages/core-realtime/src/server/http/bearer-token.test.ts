import { expect, it } from "vitest";
import { bearerTokenOf } from "./bearer-token.js";

const encoded = (token: string) => `Bearer fourgate.token.${Buffer.from(token).toString("base64url")}`;

it.each(["abc.def-ghi_jkl~+/==", "x", "a b"])("takes %s as it stands", (token) => {
  expect(bearerTokenOf(`Bearer ${token}`)).toBe(token);
  expect(bearerTokenOf(`bearer  ${token} `)).toBe(token);
});

it.each(["schlüssel", "鍵", "🔑 with a space", "fourgate.token.abc", "abc"])("decodes %s", (token) => {
  expect(bearerTokenOf(encoded(token))).toBe(token);
});

it.each(["fourgate.token.%%%", "fourgate.token._w", "fourgate.token.YQ==", "schl\u00fcssel"])(
  "leaves %s to the authenticator, and treats no client that sends it as anonymous",
  (token) => expect(bearerTokenOf(`Bearer ${token}`)).toBe(token),
);

it.each([undefined, "", "Bearer", "Bearer ", "Basic YTpi", "Bearerabc"])("finds no token in %j", (authorization) => {
  expect(bearerTokenOf(authorization)).toBeUndefined();
});
