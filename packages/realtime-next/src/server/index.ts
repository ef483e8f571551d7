export { NextApp, type CreateNextApp, type NextAppOptions } from "./next-app.js";
export { createNextServer, type NextServer, type NextServerOptions, type NextTransport } from "./next-server.js";
export { startNextServer, type StartNextServerOptions } from "./start-next-server.js";
export { createUpgradeHandler, type NodeUpgrade, type UpgradeHandler } from "./upgrade-handler.js";
