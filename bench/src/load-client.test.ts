import { createServer } from "node:http";
import { expect, it } from "vitest";
import { buildPrograms } from "./build.js";
import { plainWs } from "./contenders/plain-ws.js";
import { LoadClient } from "./load-client.js";
import { ControlLine } from "./server/control-line.js";
import { portOf } from "./server/port-of.js";

const SUBSCRIBE = JSON.stringify({ type: "subscribe", channel: "bench.%d" });

// Both load clients, where there is a C compiler; else the same one twice.
it.each([true, false])(
  "lets clients in, counts what they get and says when all have it (C: %s)",
  { timeout: 60_000 },
  async (wantsC) => {
    const programs = await buildPrograms(wantsC);
    const httpServer = createServer();
    const contender = plainWs();
    await contender.attach(httpServer);
    const [port, control] = [await portOf(httpServer), await ControlLine.listen()];
    const load = new LoadClient([...programs.load, `${port}`, `${control.port}`, "/", "", "5", SUBSCRIBE, "1"]);
    try {
      expect((await load.ask("open 20 8"))[0]).toBe(20);
      await load.ask("rounds 3");
      for (let round = 0; round < 2; round += 1) {
        const everybody = control.round();
        for (let n = 0; n < 3; n += 1)
          for (let channel = 0; channel < 5; channel += 1) contender.publish(`bench.${channel}`, "x".repeat(n * 100));
        await everybody;
      }
      expect((await load.ask("count")).at(0)).toBe(20 * 6);
      await load.ask("clock");
      control.publishing();
      contender.publish("bench.0", "x");
      await expect.poll(async () => (await load.ask("count"))[0]).toBe(4);
      const [count, half, , most] = await load.ask("times");
      expect(count).toBe(4);
      expect(half).toBeGreaterThan(0);
      expect(most).toBeLessThan(5_000_000);
    } finally {
      await load.close();
      await programs.remove();
      httpServer.closeAllConnections();
      httpServer.close();
    }
  },
);
