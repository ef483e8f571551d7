import { createRealtimeClient, type RealtimeClient } from "@repo/realtime-client";
import { ws } from "@repo/realtime-client/ws";
// eslint-disable-next-line realtime/no-direct-ws -- a client, not a way to publish: Node 20 has no WebSocket of its own
import { WebSocket } from "ws";
import { TEST_SECRET, type ServerProcess } from "../e2e/server-process";
import type { AppChannels } from "../src/live/app-channels";
import { DemoTokens } from "../src/server/pair/demo-tokens";

const PAUSE_MS = 80; // as the board's page waits between two places of its pointer
const LAP_MS = 4_000;

/** The ids of this many people. */
export function crowd(size: number): readonly string[] {
  return Array.from({ length: size }, (_, index) => `person-${index + 1}`);
}

/** People on the board, each over a WebSocket of their own, whose pointers go round in circles. */
export class Crowd {
  readonly #clients: readonly RealtimeClient<AppChannels>[];
  #isMoving = false;
  #acknowledged = 0;

  constructor(size: number, { url }: ServerProcess) {
    const tokens = new DemoTokens({ secret: TEST_SECRET, isOn: true });
    const transport = () => ws({ WebSocket: WebSocket as unknown as typeof globalThis.WebSocket });
    this.#clients = crowd(size).map((userId) =>
      createRealtimeClient<AppChannels>({
        url: `${url}/realtime`,
        transports: [transport()],
        auth: () => tokens.seal(userId),
      }),
    );
    for (const client of this.#clients) {
      client.channel("entity:task").subscribe({}); // a member of the board, whose presence has an element for the pointer
      client.channel("tasks.cursors").subscribe({});
    }
  }

  /** Moves that the server has acknowledged so far. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Moves every pointer until the returned function is called, which resolves once the last move is acknowledged. */
  move(): () => Promise<void> {
    this.#isMoving = true;
    const moving = Promise.all(this.#clients.map((client, index) => this.#moveOne(client, index)));
    return async () => {
      this.#isMoving = false;
      await moving;
    };
  }

  close(): void {
    for (const client of this.#clients) client.disconnect();
  }

  async #moveOne(client: RealtimeClient<AppChannels>, index: number): Promise<void> {
    const cursors = client.channel("tasks.cursors");
    await pause((index / this.#clients.length) * PAUSE_MS); // as evenly spread over time as those of a crowd
    while (this.#isMoving) {
      await Promise.all([cursors.publish(placeOf(index, performance.now())), pause(PAUSE_MS)]);
      this.#acknowledged += 1;
    }
  }
}

/** A circle of its own for each. */
function placeOf(index: number, now: number) {
  const angle = (now / LAP_MS) * 2 * Math.PI + index;
  const radius = 0.1 + (index % 8) / 22;
  return { x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle) };
}

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
