import { expect, it } from "vitest";
import { masked, secretsOf } from "./masked.js";

it.each([
  ["postgres://app:s3cret@db:5432/app is away", "postgres://app:***@db:5432/app is away"],
  ["postgres://app:p@ss:w/d@db/app", "postgres://app:***@db/app"],
  ["postgres://:s3cret@db/app", "postgres://:***@db/app"],
  ["postgres://app@db/app?password=s3cret&sslmode=require", "postgres://app@db/app?password=***&sslmode=require"],
  ["host=db password=s3cret user=app", "host=db password=*** user=app"],
  ["postgres://app@db:5432/app", "postgres://app@db:5432/app"],
])("masks the password in %s", (text, expected) => {
  expect(masked(text)).toBe(expected);
});

it("masks known passwords wherever they stand, as they are written and as they are meant", () => {
  const secrets = secretsOf("postgres://app:s3cr%65t@db/app?password=0ther", { PGPASSWORD: "third" });
  expect(masked("s3cr%65t, s3cret, 0ther and third", secrets)).toBe("***, ***, *** and ***");
});

it("takes a password with a lone % as it is written", () => {
  expect(masked("100%", secretsOf("postgres://app:100%@db/app", {}))).toBe("***");
});
