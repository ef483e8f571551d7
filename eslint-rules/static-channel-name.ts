import type { TSESLint } from "@typescript-eslint/utils";
import { eachChannelDefinition } from "./shared/channel-definitions.ts";
import { staticProperty } from "./shared/static-property.ts";
import { staticString } from "./shared/static-string.ts";

type MessageIds = "absent" | "computed" | "elsewhere" | "hidden";

const EXAMPLES: Readonly<Record<string, string>> = {
  name: 'name: "orders.{orderId}.status"',
  entity: 'entity: "task"',
};

/** A channel's name is a literal, so that a search, the generators and the documents find it. */
export const staticChannelName: TSESLint.RuleModule<MessageIds> = {
  meta: {
    type: "problem",
    docs: { description: "Write a channel's name as a string literal." },
    messages: {
      absent: "Give the channel a name, as a string literal: {{example}}.",
      computed: "Write the name as one string literal: {{example}}. What varies is a {placeholder}, which .at() fills.",
      elsewhere: "Write the description in place, as an object literal, so that the channel's name can be read here.",
      hidden: "This may set or override the name. Write {{example}} after it, or write the properties out.",
    },
    schema: [],
  },
  create(context) {
    return eachChannelDefinition(({ call, description, naming }) => {
      if (!description) return context.report({ node: call.arguments[0] ?? call, messageId: "elsewhere" });
      const data = { example: EXAMPLES[naming] };
      const name = staticProperty(description, naming);
      if (name.kind === "absent") return context.report({ node: description, messageId: "absent", data });
      if (name.kind === "hidden") return context.report({ node: name.by, messageId: "hidden", data });
      if (staticString(name.value) === undefined) context.report({ node: name.value, messageId: "computed", data });
    });
  },
};
