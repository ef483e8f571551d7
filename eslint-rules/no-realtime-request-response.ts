import type { TSESLint } from "@typescript-eslint/utils";
import { globsSchema } from "./shared/globs-schema.ts";
import { isHandler, type FunctionNode } from "./shared/handler-functions.ts";
import { matchesAny } from "./shared/matches-any.ts";
import { onlyReturnsReads } from "./shared/read-only-body.ts";
import { TEST_FILES } from "./shared/test-files.ts";
import { workspacePath } from "./shared/workspace-path.ts";

/** Which files hold handlers, as globs. */
interface HandlerFiles {
  readonly handlers: readonly string[];
}

const DEFAULTS: HandlerFiles = { handlers: ["**/realtime/handlers/**"] };

/** R0: a handler that only returns what is stored is a request with a response, and belongs on a procedure. */
export const noRealtimeRequestResponse: TSESLint.RuleModule<"readOnly", readonly [Partial<HandlerFiles>?]> = {
  meta: {
    type: "suggestion",
    docs: { description: "Keep reads that only return stored data off the realtime layer." },
    messages: {
      readOnly:
        "This handler only returns what is stored: that is a request and its response. Put it on a procedure (a route handler, " +
        "a server action), or hand it to newcomers as the channel's opening; a handler changes something or notifies others.",
    },
    schema: globsSchema("handlers"),
  },
  create(context) {
    const file = workspacePath(context);
    const { handlers } = { ...DEFAULTS, ...context.options[0] };
    const inHandlerFile = matchesAny(file, handlers) && !matchesAny(file, TEST_FILES);
    const judge = (fn: FunctionNode): void => {
      if (isHandler(fn, inHandlerFile) && onlyReturnsReads(fn, context.sourceCode.visitorKeys))
        context.report({ node: fn, messageId: "readOnly" });
    };
    return { ArrowFunctionExpression: judge, FunctionExpression: judge, FunctionDeclaration: judge };
  },
};
