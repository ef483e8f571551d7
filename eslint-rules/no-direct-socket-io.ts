import { vendorRule } from "./shared/vendor-rule.ts";

/** Socket.IO, its engine and its satellites are imported by the adapter and an app's server alone; their types too. */
export const noDirectSocketIo = vendorRule({
  name: "Socket.IO",
  mayImportTypes: false,
  defaults: {
    packages: ["socket.io", "socket.io-*", "@socket.io/*", "engine.io", "engine.io-*"],
    allow: ["apps/*/server.ts"],
    testFiles: [],
    dependents: [],
  },
});
