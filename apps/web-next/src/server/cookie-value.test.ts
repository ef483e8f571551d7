import { expect, it } from "vitest";
import { cookieValue } from "./cookie-value";

it.each([
  ["session=abc", "abc"],
  ["theme=dark; session=abc; lang=en", "abc"],
  ["session=a=b==", "a=b=="],
  ["session=first; session=second", "first"],
  ["session=", ""],
  ["xsession=abc", undefined],
  ["session", ""],
  ["", undefined],
  [null, undefined],
  [undefined, undefined],
])("reads %j as %j", (header, value) => {
  expect(cookieValue(header, "session")).toBe(value);
});
