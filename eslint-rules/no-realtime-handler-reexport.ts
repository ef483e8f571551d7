import type { TSESLint } from "@typescript-eslint/utils";
import { globsSchema } from "./shared/globs-schema.ts";
import { leaksOf } from "./shared/leaks.ts";
import { matchesAny } from "./shared/matches-any.ts";
import { eachModuleReference } from "./shared/module-references.ts";
import { isRelative, packageFolder, resolveRelative } from "./shared/resolve-specifier.ts";
import { TEST_FILES } from "./shared/test-files.ts";
import { workspacePath } from "./shared/workspace-path.ts";

/** Which modules are handlers, and which files of the same package may import them. Both are globs. */
interface HandlerOptions {
  readonly handlers: readonly string[];
  readonly importers: readonly string[];
}

const DEFAULTS: HandlerOptions = {
  handlers: ["**/realtime/handlers{,/**}"],
  importers: ["**/bind-*.*", ...TEST_FILES],
};

type MessageIds = "reexported" | "imported" | "foreign";

/** A handler is private: its own feature binds it, its own test runs it, nobody else can name it. */
export const noRealtimeHandlerReexport: TSESLint.RuleModule<MessageIds, readonly [Partial<HandlerOptions>?]> = {
  meta: {
    type: "problem",
    docs: { description: "Keep handlers private to the feature that binds them." },
    messages: {
      reexported:
        "A handler stays private. Export its channel instead, and register the handler in this feature's bind file.",
      imported:
        "Only this feature's bind files and tests may import a handler. Register it there: registry.register(channel, handler).",
      foreign: "This handler belongs to another package. Import that feature's channel, or call its bind function.",
    },
    schema: globsSchema("handlers", "importers"),
  },
  create(context) {
    const { handlers, importers } = { ...DEFAULTS, ...context.options[0] };
    const file = workspacePath(context);
    const isImporter = matchesAny(file, importers);
    return eachModuleReference(({ specifier, node }) => {
      const target = isRelative(specifier) ? resolveRelative(file, specifier) : specifier;
      if (!matchesAny(target, handlers)) return;
      if (/^Export/.test(node.type)) return context.report({ node, messageId: "reexported" });
      for (const leak of leaksOf(node, context.sourceCode)) context.report({ node: leak, messageId: "reexported" });
      if (!isOwn(file, specifier)) context.report({ node, messageId: "foreign" });
      else if (!isImporter) context.report({ node, messageId: "imported" });
    });
  },
};

/** Does the specifier stay in the file's package: by a relative path, a `#` import or the usual path aliases? */
function isOwn(file: string, specifier: string): boolean {
  if (!isRelative(specifier)) return /^(#|@\/|~\/)/.test(specifier);
  return packageFolder(resolveRelative(file, specifier)) === packageFolder(file);
}
