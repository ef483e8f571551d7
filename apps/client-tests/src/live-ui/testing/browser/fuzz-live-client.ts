import { startLive } from "@repo/live-ui-client";
import { realtimeConnection } from "@repo/live-ui-client/connection";
import { createRealtimeClient } from "@repo/realtime-client";
import type { FuzzMove } from "../fuzz-plan.js";
import { createFuzzDriver, stepOf, until } from "./fuzz-driver.js";

const failures: unknown[] = [];
let isJoined = false;
const onError = (failure: unknown) => void failures.push(failure);
const { searchParams } = new URL(location.href);
const isByAjax = searchParams.has("ajax");
if (searchParams.has("old")) Reflect.deleteProperty(Element.prototype, "moveBefore"); // a move takes the focus away then
const live = startLive(isByAjax ? { onError } : { onError, connect });

async function connect() {
  const connection = realtimeConnection(createRealtimeClient({ url: "/realtime" }));
  return {
    ...connection,
    join: (...[channel, page]: Parameters<typeof connection.join>) =>
      connection.join(channel, {
        ...page,
        onOpening(reply) {
          page.onOpening(reply);
          isJoined = true;
        },
      }),
  };
}

async function move(move: FuzzMove, root: HTMLElement): Promise<void> {
  const step = stepOf(root);
  if (move === "push") {
    await fetch("/push", { method: "POST" });
    await until(() => stepOf(root) !== step);
  } else if (move === "refresh") {
    live.refresh();
    await until(() => !root.hasAttribute("aria-busy"));
  } else await live.act(root, move);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
}

await until(() => isByAjax || isJoined);
window.fuzz = createFuzzDriver({ move });
