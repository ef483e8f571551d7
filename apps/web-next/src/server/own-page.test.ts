import { expect, it } from "vitest";
import { createOwnPageCheck } from "./own-page";

const from = (origin: string | undefined) =>
  new Headers({ host: "app.example", ...(origin === undefined ? {} : { origin }) });

it.each([
  ["https://app.example", true],
  ["http://app.example", true],
  ["https://evil.example", false],
  ["https://app.example.evil.example", false],
  ["https://app.example:8443", false],
  ["null", false],
  ["", false],
  [undefined, false],
])("same origin: %j → %j", (origin, own) => {
  expect(createOwnPageCheck("same-origin")(from(origin))).toBe(own);
});

it("takes listed origins and no other where some are listed", () => {
  const isOwnPage = createOwnPageCheck(["https://www.example"]);
  expect(isOwnPage(from("https://www.example"))).toBe(true);
  expect(isOwnPage(from("https://app.example"))).toBe(false);
});
