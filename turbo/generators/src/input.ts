import type { CorePackageRequest } from "./core-package/plan-core-package.js";
import type { ChannelRequest } from "./feature/plan-channel.js";
import type { FeatureRequest } from "./feature/plan-feature.js";
import type { HandlerRequest } from "./feature/plan-handler.js";
import type { LivePageRequest } from "./feature/plan-live-page.js";
import type { LiveTableRequest } from "./feature/plan-live-table.js";
import type { RemoveRequest } from "./feature/plan-remove.js";
import type { SqlChannelRequest } from "./feature/plan-sql-channel.js";

/** What somebody asked for, as data. */
export type GeneratorInput =
  | ({ readonly generator: "feature" } & FeatureRequest)
  | ({ readonly generator: "channel" } & ChannelRequest)
  | ({ readonly generator: "sql-channel" } & SqlChannelRequest)
  | ({ readonly generator: "live" } & LivePageRequest)
  | ({ readonly generator: "live-table" } & LiveTableRequest)
  | ({ readonly generator: "handler" } & HandlerRequest)
  | ({ readonly generator: "remove" } & RemoveRequest)
  | ({ readonly generator: "core-package" } & CorePackageRequest);
