import { RuleTester } from "@typescript-eslint/rule-tester";
import { afterAll, describe, it } from "vitest";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
RuleTester.itSkip = it.skip;

/** Runs a rule over cases whose files lie in an imaginary workspace: `filename` is relative to its root. */
export const ruleTester = new RuleTester({
  languageOptions: { parserOptions: { tsconfigRootDir: "/workspace", ecmaFeatures: { jsx: true } } },
});
