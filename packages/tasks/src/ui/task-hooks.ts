import { createRealtimeHooks } from "@repo/realtime-react";
import type { tasksChannels } from "../index.js";

/** The hooks of this feature's channels; the app's provider gives them its client. */
export const { useChannel, useConnection, useEvent, useOptimisticCollection, usePresence } =
  createRealtimeHooks<(typeof tasksChannels)[number]>();
