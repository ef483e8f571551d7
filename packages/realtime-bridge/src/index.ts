export { bindRealtimeBridge, type BridgeAllowlist } from "./bind-realtime-bridge";
export { bridgeEntry, type BridgeEntry, type BridgeMapping } from "./bridge-entry";
export type { BridgeFailure } from "./bridge-failure";
