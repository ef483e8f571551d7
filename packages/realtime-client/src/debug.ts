export type { ClientDebug } from "./client-debug.js";
export {
  createInspector,
  type ClientInspector,
  type InspectedChannel,
  type InspectedMessage,
  type InspectorOptions,
} from "./debug/create-inspector.js";
export type { FrameDirection, InspectedFrame } from "./debug/inspected-frame.js";
export type { GateOutcome } from "./debug/gate-outcomes.js";
