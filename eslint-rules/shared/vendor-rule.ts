import type { TSESLint } from "@typescript-eslint/utils";
import { globsSchema } from "./globs-schema.ts";
import { matchesAny } from "./matches-any.ts";
import { eachModuleReference } from "./module-references.ts";
import { packageName } from "./package-name.ts";
import { workspacePath } from "./workspace-path.ts";

/** What a vendor rule may be told: which packages are the vendor, and which files may know it. Both are globs. */
export interface VendorOptions {
  readonly packages: readonly string[];
  readonly allow: readonly string[];
}

type MessageIds = "direct";

/** A rule that keeps a vendor behind one door: every way to reach its packages is refused outside the allowed files. */
export function vendorRule(
  vendor: string,
  defaults: VendorOptions,
): TSESLint.RuleModule<MessageIds, readonly [Partial<VendorOptions>?]> {
  return {
    meta: {
      type: "problem",
      docs: { description: `Keep ${vendor} behind its adapter.` },
      messages: {
        direct:
          `"{{specifier}}" may not be reached from here: ${vendor} lives behind its adapter. Speak through IRealtimeBroadcaster, ` +
          "answer through IRealtimeHandlerRegistry, or move the code to where it is allowed: {{allow}}.",
      },
      schema: globsSchema("packages", "allow"),
    },
    create(context) {
      const { packages, allow } = { ...defaults, ...context.options[0] };
      if (matchesAny(workspacePath(context), allow)) return {};
      return eachModuleReference(({ specifier, node }) => {
        const name = packageName(specifier);
        if (name === undefined || !matchesAny(name, packages)) return;
        context.report({ node, messageId: "direct", data: { specifier, allow: allow.join(", ") } });
      });
    },
  };
}
