import type { TSESLint } from "@typescript-eslint/utils";
import { eachChannelDefinition } from "./shared/channel-definitions.ts";
import { staticProperty } from "./shared/static-property.ts";
import { staticString } from "./shared/static-string.ts";

type MessageIds = "absent" | "computed" | "elsewhere" | "hidden";

/** A channel's name is a literal, so that a search, the generators and the documents find it. */
export const staticChannelName: TSESLint.RuleModule<MessageIds> = {
  meta: {
    type: "problem",
    docs: { description: "Write a channel's name as a string literal." },
    messages: {
      absent: 'Give the channel a name, as a string literal: name: "orders.{orderId}.status".',
      computed:
        'Write the name as one string literal; what varies is a {placeholder}: name: "orders.{orderId}.status", and .at({ orderId }) fills it.',
      elsewhere: "Write the description in place, as an object literal, so that the channel's name can be read here.",
      hidden: 'This may set or override the name. Write name: "…" after it, or write the properties out.',
    },
    schema: [],
  },
  create(context) {
    return eachChannelDefinition(({ call, description }) => {
      if (!description) return context.report({ node: call.arguments[0] ?? call, messageId: "elsewhere" });
      const name = staticProperty(description, "name");
      if (name.kind === "absent") return context.report({ node: description, messageId: "absent" });
      if (name.kind === "hidden") return context.report({ node: name.by, messageId: "hidden" });
      if (staticString(name.value) === undefined) context.report({ node: name.value, messageId: "computed" });
    });
  },
};
