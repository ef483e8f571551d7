import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { matchesAny } from "./shared/matches-any.ts";
import { TEST_FILES } from "./shared/test-files.ts";
import { workspacePath } from "./shared/workspace-path.ts";

const READERS = new Set([
  ..."slice substring substr split startsWith endsWith includes indexOf lastIndexOf".split(" "),
  ..."match matchAll search replace replaceAll at charAt".split(" "),
]);
const TESTERS = new Set(["test", "exec"]);
const ERROR_NAME = /^(?:e|err|ex|cause|reason|failure|refusal)$|error$|cause$|refusal$/i;

/** A sentence is for people: what a program decides by is an error's code, reason, detail and data. */
export const noErrorSentenceParsing: TSESLint.RuleModule<"parsed"> = {
  meta: {
    type: "problem",
    docs: { description: "Decide by an error's code, reason and data, never by its sentence." },
    messages: {
      parsed:
        "An error's message is a sentence for people and may be rewritten. Decide by its code, or declare errors on the channel and use isRefusal(error, channel, code).",
    },
    schema: [],
  },
  create(context) {
    if (matchesAny(workspacePath(context), TEST_FILES)) return {};
    return {
      CallExpression(node) {
        const { callee, arguments: given } = node;
        if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || callee.computed) return;
        const { name } = callee.property;
        const [first] = given;
        if (READERS.has(name) && isSentence(callee.object)) context.report({ node, messageId: "parsed" });
        else if (TESTERS.has(name) && first && isSentence(first)) context.report({ node, messageId: "parsed" });
      },
    };
  },
};

/** `error.message`, `this.error.message`, `cause?.message`: a property `message` of what is named as an error. */
function isSentence(node: TSESTree.Node): boolean {
  if (node.type === "ChainExpression" || node.type === "TSNonNullExpression" || node.type === "TSAsExpression")
    return isSentence(node.expression);
  if (node.type !== "MemberExpression" || node.computed) return false;
  return node.property.type === "Identifier" && node.property.name === "message" && isNamedError(node.object);
}

function isNamedError(node: TSESTree.Node): boolean {
  if (node.type === "Identifier") return ERROR_NAME.test(node.name);
  if (node.type === "TSAsExpression" || node.type === "TSNonNullExpression" || node.type === "ChainExpression")
    return isNamedError(node.expression);
  if (node.type !== "MemberExpression") return false;
  const { property } = node;
  return (property.type === "Identifier" || property.type === "PrivateIdentifier") && ERROR_NAME.test(property.name);
}
