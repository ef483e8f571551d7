import { realtimePingChannel } from "./realtime/realtime-ping.channel";

export type { BindContext } from "./di/bind-context";
export { bindDevSeedPing } from "./di/bind-dev-seed";
export { bindProductionPing } from "./di/bind-production";
export { HEARTBEAT_MS, startHeartbeat, type HeartbeatDeps } from "./heartbeat";
export { realtimePingChannel } from "./realtime/realtime-ping.channel";
// <gen:realtime-channels>

/** Every channel of this feature. */
export const pingChannels = [realtimePingChannel] as const;
