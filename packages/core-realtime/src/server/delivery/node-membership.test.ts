import { setImmediate as turn } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { InProcessBroker, type IRealtimeBroker } from "../../index.js";
import { createRealtime, InMemoryRealtimeServer } from "../index.js";

const authenticator = { authenticate: () => null };

/** A broker that refuses so many times. */
function brokerThatFails(times: number, fail: () => never): IRealtimeBroker {
  const broker = new InProcessBroker();
  let left = times;
  return {
    join: (id, node) => ((left -= 1) >= 0 ? fail() : broker.join(id, node)),
    close: () => broker.close(),
  };
}

it.each([
  ["rejects", () => Promise.reject(new Error("connect ECONNREFUSED 127.0.0.1:6379.")) as never],
  [
    "throws",
    () => {
      throw new Error("connect ECONNREFUSED 127.0.0.1:6379.");
    },
  ],
])(
  "admits no client where the broker %s, reports the reason, ends no process, and serves once it is up",
  async (_, fail) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const realtime = createRealtime({ authenticator, broker: brokerThatFails(2, fail) });
    await turn(); // before anybody has called `serve`
    await turn();
    const server = new InMemoryRealtimeServer();
    await expect(realtime.serve(server)).rejects.toThrow(
      "The broker could not be joined, so no client was admitted: connect ECONNREFUSED 127.0.0.1:6379. Call serve() again when it is up.",
    );
    expect(() => server.connect({ onFrame: () => undefined })).toThrow();
    await expect(realtime.expel({ userId: "mia" })).rejects.toThrow(/could not be joined/);
    await realtime.serve(server);
    expect(await realtime.expel({ userId: "mia" })).toEqual({ nodes: 1, givenUp: [] });
    await realtime.close({ drainMs: 1 });
    await turn();
    expect(unhandled).toEqual([]);
  },
);

it("closes where the broker was never joined", async () => {
  const fail = () => Promise.reject(new Error("away")) as never;
  const realtime = createRealtime({ authenticator, broker: brokerThatFails(99, fail) });
  await realtime.close({ drainMs: 1 });
});
