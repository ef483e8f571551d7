import { importsGoDown } from "./imports-go-down.ts";
import { noDirectSocketIo } from "./no-direct-socket-io.ts";
import { noDirectWs } from "./no-direct-ws.ts";
import { noErrorSentenceParsing } from "./no-error-sentence-parsing.ts";
import { noRawHtml } from "./no-raw-html.ts";
import { noRealtimeHandlerReexport } from "./no-realtime-handler-reexport.ts";
import { noRealtimeRequestResponse } from "./no-realtime-request-response.ts";
import { requireScope } from "./require-scope.ts";
import { staticChannelName } from "./static-channel-name.ts";

const rules = {
  "imports-go-down": importsGoDown,
  "no-direct-socket-io": noDirectSocketIo,
  "no-direct-ws": noDirectWs,
  "no-error-sentence-parsing": noErrorSentenceParsing,
  "no-raw-html": noRawHtml,
  "no-realtime-handler-reexport": noRealtimeHandlerReexport,
  "no-realtime-request-response": noRealtimeRequestResponse,
  "require-scope": requireScope,
  "static-channel-name": staticChannelName,
};

/** A flat config that switches every rule on, but for what Next has built. */
interface RecommendedConfig {
  readonly name: string;
  readonly ignores: readonly string[];
  readonly plugins: { readonly realtime: object };
  readonly rules: Readonly<Record<string, "error">>;
}

/** The plugin; `configs.recommended` switches on every rule. Oxlint takes the prefix `realtime` from `meta.name`. */
export const plugin = {
  meta: { name: "eslint-plugin-realtime", namespace: "realtime", version: "0.1.0" },
  rules,
  configs: {
    get recommended(): RecommendedConfig {
      return {
        name: "realtime/recommended",
        ignores: ["**/.next/**"],
        plugins: { realtime: plugin }, // the very same object: ESLint refuses two plugins under one name
        rules: Object.fromEntries(Object.keys(rules).map((name) => [`realtime/${name}`, "error"])),
      };
    },
  },
};
