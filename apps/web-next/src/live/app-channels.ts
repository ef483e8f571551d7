import type { notificationsChannels } from "@repo/notifications";
import type { pingChannels } from "@repo/ping";
import type { tasksChannels } from "@repo/tasks";
import type { orderChannel } from "../orders/order.channel";

/** Every channel of the app, as its pages know them: names and types, no schema. The generator adds what it makes. */
export type AppChannels = [
  typeof notificationsChannels,
  typeof pingChannels,
  typeof tasksChannels,
  readonly [typeof orderChannel],
  // <gen:app-channels>
][number][number];
