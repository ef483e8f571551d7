import { RealtimeError, type IRealtimeBroadcaster } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { fleeting } from "./cluster/chaos-channels";
import { PublishLog } from "./checker/publish-log";
import { OrderedBroadcasts } from "./ordered-broadcasts";

it("lets no message of a node pass an earlier one that is sent again after an isolation", async () => {
  const published: number[] = [];
  let refusals = 1;
  const broadcast = async (_channel: unknown, { n }: { readonly n: number }) => {
    if ((refusals -= 1) >= 0) throw new RealtimeError("ISOLATED");
    published.push(n);
    return { id: "", repeated: false };
  };
  const node = { name: "node-0", realtime: { broadcaster: { broadcast } as unknown as IRealtimeBroadcaster } };
  const broadcasts = new OrderedBroadcasts(new PublishLog());
  await Promise.all([broadcasts.publish(node, fleeting), broadcasts.publish(node, fleeting)]);
  expect(published).toEqual([0, 1]);
});
