import { z } from "zod";
import { defineEntityChannels } from "../define-entity-channels.js";

/** The rows of `RowRepository`, as all users may see them. */
export const rowEntity = defineEntityChannels({
  entity: "row",
  record: z.object({ id: z.string(), title: z.string(), version: z.number() }),
  scope: "authenticated",
  history: { size: 100, ttlMs: 60_000 },
});
