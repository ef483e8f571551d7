import { createRealtime } from "@repo/core-realtime/server";
import { createLivePages, html, live } from "@repo/live-ui";
import { SseRealtimeServer } from "@repo/realtime-sse";
import { z } from "zod";

export type HostSite = Awaited<ReturnType<typeof openHostSite>>;

/** A page, and a transport for its pushes, that a host serves. Each visitor has a count; all see the total. */
export async function openHostSite() {
  const authenticator = { authenticate: () => null };
  let total = 0;
  const counter = live("/counter", {
    state: z.object({ count: z.int().default(0) }),
    actions: {
      add: {
        input: z.object({ by: z.coerce.number().int() }),
        run({ state, input }) {
          state.count += input.by;
          total += input.by;
          pages.refresh(counter);
        },
      },
    },
    load: () => total,
    render: ({ state, data }) => html`
      <output id="count">${state.count}</output> <output id="total">${data}</output>
      <form method="post" data-live-submit="add"><input name="by" value="1" /><button>Add</button></form>
    `,
  });
  const pages = createLivePages({
    pages: [counter],
    secrets: ["a secret of tests, longer than 32 bytes"],
    authenticator,
  });
  const realtime = createRealtime({ authenticator, guards: [pages.guard] });
  pages.bind(realtime.registry);
  const sse = new SseRealtimeServer({ path: "/realtime" });
  await realtime.serve(sse);
  return {
    pages,
    sse,
    async close() {
      pages.close();
      await realtime.close({ drainMs: 1 });
    },
  };
}
