import { setTimeout as passed } from "node:timers/promises";
import { channelName } from "../channel-name.js";
import { WITHOUT_SSE } from "../contender-name.js";
import { interleave, medians, withTestBeds } from "../interleave.js";
import type { ChatMessage, MessageStyle } from "../load/client-script.js";
import { CLIENT_SCRIPTS } from "../load/client-scripts.js";
import { pick } from "../scale.js";
import { defineScenario, type BenchCase, type BenchContext } from "../scenario.js";
import { times } from "../tables/goal.js";
import type { TestBed } from "../test-bed.js";

const TEXT = "x".repeat(89); // with its field, 100 B
const MEMBERS = 2;
const LOOK_MS = 50;
const PATIENCE_MS = 20_000;

interface ChatCase extends BenchCase {
  readonly pairs: number;
  readonly style: MessageStyle;
}

/** Clients that send to each other in pairs, as fast as the server lets them. */
export const clientToClient = defineScenario<ChatCase>({
  name: "client-to-client",
  title: "Client → client: messages in pairs",
  unit: "µs of server CPU per message",
  note: "A client sends 100 B to a channel of two, and again when the message (and the reply) has come. Ours passes all gates; the plain ones parse, look up the room and send. With ids, ours and the hand-written ones reply to every message and run none twice; the plain ones ignore the id, or (second line) reply too.",
  contenders: WITHOUT_SSE,
  cases(scale) {
    const pairs = pick(scale, { full: 251, quick: 251, smoke: 11 }); // odd, so that of clients n and n + pairs one is even, and only even ones send
    return [
      { label: `${pairs} pairs, with ids`, style: "id", pairs, goals: { "Fourgate ws": times(1), "Fourgate Socket.IO": times(1) } }, // prettier-ignore
      { label: `${pairs} pairs, with ids, all reply`, style: "id and reply", pairs },
      ...(scale === "quick" ? [] : [{ label: `${pairs} pairs, without ids`, style: "no id", pairs } as const]),
    ];
  },
  async run(context, wanted) {
    const [{ pairs = 0 } = {}] = wanted;
    return withTestBeds(context, { clients: pairs * MEMBERS, channels: pairs }, async (beds) => {
      const rows = [];
      for (const { label, style, goals = {} } of wanted) {
        if (context.isOver()) break;
        context.log(label);
        rows.push({ label, goals, values: await costsOf(context, beds, style) });
      }
      return rows;
    });
  },
});

async function costsOf(context: BenchContext, beds: readonly TestBed[], style: MessageStyle) {
  const cpuMs = pick(context.scale, { full: 500, quick: 300, smoke: 10 });
  const messages = new Map(beds.map(({ name }) => [name, CLIENT_SCRIPTS[name].chat(channelName("%d"), TEXT, style)]));
  const able = beds.filter(({ name }) => messages.get(name));
  const costs = await interleave(context, able, async (bed) => {
    const message = messages.get(bed.name);
    return message ? costOfMessage(bed, { message, cpuMs }) : Number.NaN;
  });
  return medians(costs, (cost) => cost);
}

interface Chat {
  readonly message: ChatMessage;
  readonly cpuMs: number;
}

async function costOfMessage({ name, load, server }: TestBed, { message, cpuMs }: Chat): Promise<number> {
  const first = await load.count();
  await load.request(`chat ${message.frames} ${message.text}`);
  const before = await load.count();
  await server.request({ kind: "begin" });
  let micros = 0;
  while (micros < cpuMs * 1_000) {
    await passed(LOOK_MS);
    micros = (await server.request({ kind: "spent" })).cpuMicros ?? 0;
  }
  const after = await load.count();
  await load.request("chat");
  const sent = (await load.count()).sent - first.sent;
  await arrived({ name, load }, sent * (MEMBERS - 1 + message.frames));
  return micros / (after.sent - before.sent);
}

/** Waits for the last frames, which would count in the next measurement; fewer or more may be refusals. */
async function arrived({ name, load }: Pick<TestBed, "name" | "load">, expected: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let { frames, gone } = await load.count();
  while (frames < expected && gone === 0 && performance.now() < until) {
    await passed(LOOK_MS);
    ({ frames, gone } = await load.count());
  }
  if (frames === expected && gone === 0) return;
  throw new Error(`${name}: messages of clients brought ${frames} frames instead of ${expected}, and the server closed ${gone} connections.`); // prettier-ignore
}
