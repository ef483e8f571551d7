import type { TSESLint } from "@typescript-eslint/utils";
import { dependsOn } from "./depends-on.ts";
import { globsSchema } from "./globs-schema.ts";
import { matchesAny } from "./matches-any.ts";
import { eachModuleReference } from "./module-references.ts";
import { packageName } from "./package-name.ts";
import { workspacePath } from "./workspace-path.ts";

/** The options of a rule that keeps a vendor behind its adapter; all are globs. */
export interface VendorOptions {
  /** Names of the vendor's packages. */
  readonly packages: readonly string[];
  /** Files that may import them: the adapter, and the servers of apps. */
  readonly allow: readonly string[];
  /** Files that may import them without being named in the message. */
  readonly testFiles: readonly string[];
  /** Names of packages: only who depends on one of them is under the rule. Empty: everybody is. */
  readonly dependents: readonly string[];
}

interface Vendor {
  readonly name: string;
  readonly mayImportTypes: boolean;
  readonly defaults: VendorOptions;
}

type MessageIds = "direct";

/** A rule that keeps a vendor behind its adapter: every way to reach its packages is refused outside the allowed files. */
export function vendorRule({
  name: vendor,
  mayImportTypes,
  defaults,
}: Vendor): TSESLint.RuleModule<MessageIds, readonly [Partial<VendorOptions>?]> {
  return {
    meta: {
      type: "problem",
      docs: { description: `Keep ${vendor} behind its adapter.` },
      messages: {
        direct:
          `"{{specifier}}" may not be reached from here: ${vendor} stays behind its adapter. Publish through IRealtimeBroadcaster, ` +
          "reply through IRealtimeHandlerRegistry, or move the code to where it is allowed: {{allow}}.",
      },
      schema: globsSchema("packages", "allow", "testFiles", "dependents"),
    },
    create(context) {
      const { packages, allow, testFiles, dependents } = { ...defaults, ...context.options[0] };
      if (matchesAny(workspacePath(context), [...allow, ...testFiles])) return {};
      if (dependents.length > 0 && !dependsOn(context, dependents)) return {};
      return eachModuleReference(({ specifier, node, isType }) => {
        const name = packageName(specifier);
        if (name === undefined || !matchesAny(name, packages) || (isType && mayImportTypes)) return;
        context.report({ node, messageId: "direct", data: { specifier, allow: allow.join(", ") } });
      });
    },
  };
}
