import type { notificationsChannels } from "@repo/notifications";
import type { pingChannels } from "@repo/ping";

/** Every channel of the app, as the browser knows them: names and types, no schema. */
export type AppChannels = (typeof notificationsChannels | typeof pingChannels)[number];
