import { createRealtimeHooks } from "@repo/realtime-react";
import type { AppChannels } from "../live/app-channels";

/** The app's hooks, for the pages of the orders. */
export const { RealtimeProvider, useChannel, useConnection, useEvent } = createRealtimeHooks<AppChannels>();
