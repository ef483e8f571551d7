import { expect, it } from "vitest";
import { announcement } from "./announcement";
import { readEnvironment } from "./environment";

const production = { NODE_ENV: "production", SESSION_SECRET: "0123456789abcdef0123456789abcdef" };
const said = (variables: Readonly<Record<string, string>>) => announcement(readEnvironment(variables), 3000);

it("tells a newcomer where to look, twice, and who one may be", () => {
  expect(said({})).toContain("http://localhost:3000");
  expect(said({})).toContain("http://127.0.0.1:3000");
  expect(said({})).toContain("Mia (member), Sam (staff), or nobody: no password");
});

it("warns that development's cookies are everybody's", () => {
  expect(said({})).toContain("sealed with a secret that everybody knows");
  expect(said(production)).not.toContain("Beware");
});

it("warns where the demo people are let into production, and says how to let them in where they are not", () => {
  expect(said({ ...production, DEMO_SIGN_IN: "1" })).toContain("whoever reaches this port can be anyone");
  expect(said(production)).toContain("off; DEMO_SIGN_IN=1 switches them on");
});

it("names the host where it is not this machine alone", () => {
  expect(said({ HOST: "192.0.2.7" })).toContain("http://192.0.2.7:3000");
  expect(said({ HOST: "192.0.2.7" })).not.toContain("127.0.0.1");
});
