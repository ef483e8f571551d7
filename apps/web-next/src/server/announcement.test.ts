import { expect, it } from "vitest";
import { announcement } from "./announcement";
import { readEnvironment } from "./environment";

const production = { NODE_ENV: "production", SESSION_SECRET: "0123456789abcdef0123456789abcdef" };
const announced = (variables: Readonly<Record<string, string>>) => announcement(readEnvironment(variables), 3000);

it("prints where to look, twice, and who one may sign in as", () => {
  expect(announced({})).toContain("http://localhost:3000");
  expect(announced({})).toContain("http://127.0.0.1:3000");
  expect(announced({})).toContain("Mia (member), Sam (staff), or nobody: no password");
});

it("warns that development's cookies are everybody's", () => {
  expect(announced({})).toContain("sealed with a secret that everybody knows");
  expect(announced(production)).not.toContain("Beware");
});

it("warns where the demo people are let into production, and prints how to let them in where they are not", () => {
  expect(announced({ ...production, DEMO_SIGN_IN: "1" })).toContain("whoever reaches this port can be anyone");
  expect(announced(production)).toContain("off; DEMO_SIGN_IN=1 switches them on");
});

it("prints the base path", () => {
  expect(announced({ BASE_PATH: "/demo" })).toContain("http://localhost:3000/demo");
});

it("names the host where it is not this machine alone", () => {
  expect(announced({ HOST: "192.0.2.7" })).toContain("http://192.0.2.7:3000");
  expect(announced({ HOST: "192.0.2.7" })).not.toContain("127.0.0.1");
});
