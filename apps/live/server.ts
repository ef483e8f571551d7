import { readEnvironment } from "./src/server/environment.js";
import { startLiveNode } from "./src/server/live-node.js";

const environment = readEnvironment(process.env);
const { origin, close } = await startLiveNode(environment);
console.log(`Server-driven pages: ${origin}`);

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void close().then(() => process.exit(0)));
