import type { ClientFrame, IRealtimeObserver } from "@repo/core-realtime";
// eslint-disable-next-line realtime/imports-go-down -- hooks are tested against real gates
import { createRealtime, InMemoryHistory, InMemoryRealtimeServer, jsonCopy } from "@repo/core-realtime/server";
import { createRealtimeClient, type RealtimeClientOptions } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { recorded } from "./recorded.js";
import { back, list, orderStatus, taskList, type TestChannels } from "./test-channels.js";

/** A row. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

/** Takes failures, so that they are not written to the console: a handler that throws is a test's own. */
const silent: IRealtimeObserver = { kinds: ["failed"], observe: () => undefined };

/** A real node without a port, the frames it received, and a client of it. The title "forbidden" is refused. */
export async function nodeUnderTest(options: Partial<RealtimeClientOptions> = {}) {
  const history = new InMemoryHistory();
  const authenticator = { authenticate: () => ({ userId: "mia", roles: [], sessionId: "s" }) };
  const realtime = createRealtime({ authenticator, history, observers: [silent] });
  const tasks = new Map<string, Task>([
    ["1", { id: "1", title: "one", version: 1 }],
    ["2", { id: "2", title: "two", version: 1 }],
  ]);
  const { broadcaster, registry } = realtime;
  const put = async (id: string, title: string, mutationId?: string): Promise<Task> => {
    const record = { id, title, version: (tasks.get(id)?.version ?? 0) + 1 };
    tasks.set(id, record);
    await broadcaster.broadcast(
      taskList,
      "entity:updated",
      jsonCopy({ id, record, mutationId }) as { id: string; record: Task },
    );
    return record;
  };
  registry.register(orderStatus, {
    handler: ({ payload }) => ({ noted: payload.note.length }),
    opening: ({ params }) => ({ order: params.orderId }),
  });
  registry.register(taskList, ({ payload: { id, title, mutationId } }) => {
    if (title === "forbidden") throw new Error("no");
    return put(id, title, mutationId);
  });
  registry.registerChannel(back);
  registry.register(list, { opening: ({ ask }) => ask });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const frames: ClientFrame[] = [];
  const transports = [recorded(memory(server), frames)] as const;
  const client = createRealtimeClient<TestChannels>({ url: "/", transports, random: () => 0, ...options });
  return {
    ...{ realtime, server, history, client, frames, tasks, put },
    broadcast: (orderId: string, status: string) => broadcaster.broadcast(orderStatus.at({ orderId }), { status }),
    /** What was sent about channels, in order. */
    sent: () => frames.flatMap((frame) => ("channel" in frame ? `${frame.type} ${frame.channel}` : [])),
    copy: () => [...tasks.values()],
  };
}
