import type { Scenario } from "../scenario.js";
import { bytes } from "./bytes.js";
import { clientToClient } from "./client-to-client.js";
import { connect } from "./connect.js";
import { fanOut } from "./fan-out.js";
import { idleCpu } from "./idle-cpu.js";
import { latency } from "./latency.js";
import { manyChannels } from "./many-channels.js";
import { memory } from "./memory.js";
import { slowReaders } from "./slow-readers.js";

/** Every scenario, in the order of the tables. */
export const SCENARIOS: readonly Scenario[] = [
  clientToClient,
  manyChannels,
  fanOut,
  bytes,
  connect,
  memory,
  idleCpu,
  latency,
  slowReaders,
];
