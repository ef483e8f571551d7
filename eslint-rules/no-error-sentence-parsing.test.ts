import { noErrorSentenceParsing } from "./no-error-sentence-parsing.ts";
import { ruleTester } from "./testing/rule-tester.ts";

const filename = "packages/orders/src/ui/show-refusal.ts";
const parsed = [{ messageId: "parsed" }] as const;

ruleTester.run("no-error-sentence-parsing", noErrorSentenceParsing, {
  invalid: [
    'error.message.startsWith("CONFLICT")',
    'error?.message.includes("full")',
    'error?.message?.includes("full")',
    "(error as Error).message.slice(7)",
    'cause.message.split(" (", 1)',
    "answer.error.message.match(/CONFLICT/)",
    'this.#lastError.message.replace("x", "")',
    "/CONFLICT/.test(error.message)",
    "SAID.exec(refusal.message)",
    "SAID.exec(state.error?.message)",
  ].map((code) => ({ name: `refuses ${code}`, code, filename, errors: parsed })),
  valid: [
    ...[
      'error.code === "REFUSED"',
      'isRefusal(error, board, "CONFLICT")',
      "show(error.message)",
      "`${error.message}!`",
      "message.split(' ')",
      "chat.message.includes('hello')",
      "error.detail.startsWith('a')",
      "frame.message.slice(1)",
      "error.message.length",
      "error.message[method](1)",
      "PATTERN.test(chat.message)",
      "PATTERN.test()",
    ].map((code) => ({ name: `allows ${code}`, code, filename })),
    {
      name: "allows a test to look at a sentence",
      code: 'error.message.includes("full")',
      filename: filename.replace(".ts", ".test.ts"),
    },
  ],
});
