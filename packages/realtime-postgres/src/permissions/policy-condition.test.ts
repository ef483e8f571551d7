import { expect, it } from "vitest";
import { growsWithRows, patternOf } from "./policy-condition.js";

it.each([
  ["(pattern = 'orders'::text)", "orders"],
  ["((pattern = 'order:%'::text) AND (EXISTS ( SELECT 1 FROM o WHERE (o.a = 1))))", "order:%"],
  ["((a = 1) AND (pattern = 'it''s'::text))", "it's"],
  ["((pattern = 'a'::text) OR (pattern = 'b'::text))", ""],
  ["(((pattern = 'a'::text) AND (x = 1)) OR (y = 2))", ""],
  ["(NOT (pattern = 'a'::text))", ""],
  ["(pattern <> 'a'::text)", ""],
  ["(x = '(pattern = ''a''::text) AND '::text)", ""],
  ["true", ""],
  ["", ""],
])("reads the pattern of %j as %j", (condition, pattern) => {
  expect(patternOf(condition)).toBe(pattern);
});

const EXISTS =
  "(EXISTS ( SELECT 1 FROM members m WHERE ((m.room = 'a) OR NOT ('::text) AND (m.user_id = auth.uid()))))";

it.each([
  [EXISTS, true],
  [`((pattern = 'a'::text) AND ${EXISTS})`, true],
  [`((pattern = 'a'::text) OR (${EXISTS} AND (a = 1)))`, true],
  ["(auth.uid() IN ( SELECT members.user_id FROM members))", true],
  ["(pattern = 'a'::text)", true],
  [`(NOT ${EXISTS})`, false],
  [`(${EXISTS} = false)`, false],
  [`(${EXISTS} IS NOT TRUE)`, false],
  ["(NOT (auth.uid() IN ( SELECT members.user_id FROM members)))", false],
  ["(( SELECT count(*) AS count FROM members) < 5)", false],
  ["(auth.uid() IN ( SELECT max(members.user_id) AS max FROM members))", false],
  ["(EXISTS ( SELECT 1 FROM (a LEFT JOIN b ON ((a.id = b.id))) WHERE (b.id IS NULL)))", false],
  ["(EXISTS ( SELECT 1 FROM a WHERE (NOT (EXISTS ( SELECT 1 FROM b)))))", false],
  ["(auth.uid() IN ( SELECT a.user_id FROM a LIMIT 1))", false],
  ["CASE WHEN (EXISTS ( SELECT 1 FROM a)) THEN false ELSE true END", false],
  ["(x <> ALL ( SELECT a.x FROM a))", false],
])("decides whether more rows can only give access: %j %j", (condition, expected) => {
  expect(growsWithRows(condition)).toBe(expected);
});
