import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { eachChannelDefinition } from "./shared/channel-definitions.ts";
import { keyOf, staticProperty } from "./shared/static-property.ts";
import { bare, staticString } from "./shared/static-string.ts";

type MessageIds = "absent" | "elsewhere" | "hidden" | "unclear";

const FOUR = '"public", "authenticated", { role: "…" } or { userScoped: "<placeholder>" }';

/** Who may join a channel is written where the channel is: one of four scopes, as a literal. */
export const requireScope: TSESLint.RuleModule<MessageIds> = {
  meta: {
    type: "problem",
    docs: { description: "Write a channel's scope out, as one of the four literals." },
    messages: {
      absent: `Say who may join: add scope: ${FOUR}.`,
      elsewhere: "Write the description in place, as an object literal, so that the channel's scope can be read here.",
      hidden: `This may set or override the scope. Write scope after it: ${FOUR}.`,
      unclear: `A reviewer must see here who may join. Write scope as one of ${FOUR}.`,
    },
    schema: [],
  },
  create(context) {
    return eachChannelDefinition(({ call, description }) => {
      if (!description) return context.report({ node: call.arguments[0] ?? call, messageId: "elsewhere" });
      const scope = staticProperty(description, "scope");
      if (scope.kind === "absent") return context.report({ node: description, messageId: "absent" });
      if (scope.kind === "hidden") return context.report({ node: scope.by, messageId: "hidden" });
      if (!isScope(bare(scope.value))) context.report({ node: scope.value, messageId: "unclear" });
    });
  },
};

function isScope(value: TSESTree.Node): boolean {
  if (value.type !== "ObjectExpression") return ["public", "authenticated"].includes(staticString(value) ?? "");
  const [property, ...more] = value.properties;
  if (property?.type !== "Property" || more.length > 0) return false;
  return ["role", "userScoped"].includes(keyOf(property) ?? "") && Boolean(staticString(property.value));
}
