import { createServer } from "node:http";
import type { ContenderName } from "../contender-name.js";
import { CONTENDERS } from "../contenders/contenders.js";
import { ControlSocket } from "./control-socket.js";
import type { Listening, Order } from "./orders.js";
import { portOf } from "./port-of.js";
import { runOrder } from "./run-order.js";

// The entry of a server process: one contender, driven by its parent.
const contender = CONTENDERS[process.argv[2] as ContenderName]();
const httpServer = createServer();
await contender.attach(httpServer);
const control = await ControlSocket.listen();
const port = await portOf(httpServer);
process.on("message", (order: Order) => {
  void runOrder(order, { contender, control }).then((report) => process.send?.(report));
});
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
process.send?.({ port, controlPort: control.port } satisfies Listening);
