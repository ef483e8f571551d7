import { vendorRule } from "./shared/vendor-rule.ts";

/** Socket.IO, its engine and its satellites are known to the adapter, the client's transport and an app's server alone. */
export const noDirectSocketIo = vendorRule("Socket.IO", {
  packages: ["socket.io", "socket.io-*", "@socket.io/*", "engine.io", "engine.io-*"],
  allow: ["packages/realtime-socket-io/src/**", "packages/realtime-client/src/socket-io-*.ts", "apps/*/server.ts"],
});
