import { Visitor, type CallExpression } from "oxc-parser";
import type { Source } from "../code/source.js";

/** A statement of the registry on a channel. */
export interface Registration {
  readonly method: "register" | "registerChannel";
  readonly call: CallExpression;
}

/** What a bind file already says to the registry about a channel. */
export function registrationOf({ program }: Source, channel: string): Registration | undefined {
  let found: Registration | undefined;
  new Visitor({
    CallExpression(call) {
      const [first] = call.arguments;
      if (call.callee.type !== "MemberExpression" || first?.type !== "Identifier" || first.name !== channel) return;
      const { property } = call.callee;
      if (property.type !== "Identifier") return;
      if (property.name === "register" || property.name === "registerChannel") found = { method: property.name, call };
    },
  }).visit(program);
  return found;
}
