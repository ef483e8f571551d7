import { expect, it } from "vitest";
import { isSecretName } from "./secret-name";

it.each([
  "authorization",
  "Proxy-Authorization",
  "cookie",
  "cookies",
  "set-cookie",
  "token",
  "accessToken",
  "refresh_token",
  "password",
  "SESSION_SECRET",
  "clientSecret",
  "x-api-key",
  "privateKey",
  "secretKey",
  "JWT",
  "passwordHash",
  "token_digest",
  "refreshTokens",
  "credentials",
  "db_pwd",
])("takes %s for a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

it.each(["orderId", "tokens", "maxTokens", "cookiesAccepted", "authorized", "passwordLength", "key", ""])(
  "takes %j for no secret",
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);
