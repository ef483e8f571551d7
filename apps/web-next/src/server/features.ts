import { bindDevSeedNotifications, bindProductionNotifications } from "@repo/notifications";
import { bindDevSeedPing, bindProductionPing } from "@repo/ping";
import { bindDevSeedTasks, bindProductionTasks, boardPresence } from "@repo/tasks";

/** The features of the app, in the order in which they are bound. The generator adds what it makes. */
export const features = [
  { production: bindProductionPing, development: bindDevSeedPing },
  { production: bindProductionNotifications, development: bindDevSeedNotifications },
  { production: bindProductionTasks, development: bindDevSeedTasks },
  // <gen:features>
] as const;

/** The channels on which it is known who is there. */
export const presenceChannels = [
  boardPresence,
  // <gen:presence-channels>
] as const;

/** What the features need of the app, all together: a dependency that a feature declares in its `BindContext` is required from here on. */
export type FeatureContext = ContextOf<(typeof features)[number][keyof (typeof features)[number]]>;

/** In a tuple, so that the contexts of all bind functions meet in one type. */
type ContextOf<Bind> = [Bind] extends [(context: infer Context) => () => void] ? Context : never;
