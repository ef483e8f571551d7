import type { AutoRefresh } from "@repo/live-query";

/** Pages of an app without a database: rendered, and refreshed by nobody. */
export const noAutoRefresh: AutoRefresh["autoRefresh"] = (name, render) => ({
  name,
  render: async (args, user) => ({ output: await render(args, user), token: "" }),
});
