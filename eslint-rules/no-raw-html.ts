import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { globsSchema } from "./shared/globs-schema.ts";
import { isWrittenOut } from "./shared/is-written-out.ts";
import { matchesAny } from "./shared/matches-any.ts";
import { staticString } from "./shared/static-string.ts";
import { TEST_FILES } from "./shared/test-files.ts";
import { workspacePath } from "./shared/workspace-path.ts";

/** Which modules export `raw`, and which files may give them what they like. Both are globs. */
interface RawHtmlOptions {
  readonly modules: readonly string[];
  readonly allow: readonly string[];
}

const DEFAULTS: RawHtmlOptions = { modules: ["@repo/live-ui"], allow: TEST_FILES };
const HARMLESS = /^(ExportSpecifier|TSTypeQuery)$/;

type MessageIds = "computed" | "passed";

/** HTML that is printed without escaping is written out in the source, or a comment says why it is safe. */
export const noRawHtml: TSESLint.RuleModule<MessageIds, readonly [Partial<RawHtmlOptions>?]> = {
  meta: {
    type: "problem",
    docs: { description: "Print unescaped HTML only where it is written out, or where a comment says why it is safe." },
    messages: {
      computed:
        "This HTML is printed without escaping: a script that a user wrote into it runs in the browsers of others. Write a template, html`…`. Where the HTML is safe: eslint-disable-next-line realtime/no-raw-html -- and the reason.",
      passed: "What `raw` will print cannot be read here. Call it where the HTML is, so that the HTML can be reviewed.",
    },
    schema: globsSchema("modules", "allow"),
  },
  create(context) {
    const { modules, allow } = { ...DEFAULTS, ...context.options[0] };
    const { sourceCode } = context;
    if (matchesAny(workspacePath(context), allow)) return {};

    function review(use: TSESTree.Node): void {
      const parent = use.parent;
      if (!parent || HARMLESS.test(parent.type)) return;
      const isCall = parent.type === "CallExpression" && parent.callee === use;
      if (!isCall) context.report({ node: use, messageId: "passed" });
      else if (!isWrittenOut(parent.arguments[0], sourceCode)) context.report({ node: parent, messageId: "computed" });
    }

    return {
      ImportDeclaration({ source, specifiers }) {
        if (!matchesAny(source.value, modules)) return;
        for (const specifier of specifiers)
          for (const { identifier } of sourceCode.getDeclaredVariables(specifier).flatMap((each) => each.references)) {
            const [use, name] =
              specifier.type === "ImportSpecifier" ? [identifier, importedName(specifier)] : memberOf(identifier);
            if (use && name === "raw") review(use);
          }
      },
    };
  },
};

function importedName({ imported }: TSESTree.ImportSpecifier): string {
  return imported.type === "Identifier" ? imported.name : imported.value;
}

/** `ui.raw` and `ui["raw"]`, where `ui` is all of the module. */
function memberOf({ parent }: TSESTree.Node): readonly [TSESTree.Node | undefined, string] {
  if (parent?.type !== "MemberExpression") return [undefined, ""];
  const { computed, property } = parent;
  const name = !computed && property.type === "Identifier" ? property.name : staticString(property);
  return [parent, name ?? ""];
}
