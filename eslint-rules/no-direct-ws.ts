import { SERVER_FILES } from "./shared/server-files.ts";
import { TEST_FILES } from "./shared/test-files.ts";
import { vendorRule } from "./shared/vendor-rule.ts";

/** In packages that use Fourgate, `ws` is imported by its adapter, the servers of apps and tests alone; its types by all. */
export const noDirectWs = vendorRule({
  name: "ws",
  mayImportTypes: true,
  defaults: {
    packages: ["ws", "isomorphic-ws"],
    allow: SERVER_FILES,
    testFiles: TEST_FILES,
    dependents: ["fourgate", "@repo/core-realtime", "@repo/realtime-*"],
  },
});
