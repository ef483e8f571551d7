import { vendorRule } from "./shared/vendor-rule.ts";

/** `ws` is known to its adapter and an app's server alone. */
export const noDirectWs = vendorRule("ws", {
  packages: ["ws", "isomorphic-ws"],
  allow: ["packages/realtime-ws/src/**", "apps/*/server.ts"],
});
