import { centrifugoText, phoenixText, webSocketBytes, type Delivery } from "../byte-formats.js";
import { channelName, type ChannelKind } from "../channel-name.js";
import { PLAIN_AND_OURS, type ColumnName } from "../contender-name.js";
import { withTestBeds } from "../interleave.js";
import { pick } from "../scale.js";
import { defineScenario, type BenchCase, type BenchContext } from "../scenario.js";
import { atMost } from "../tables/goal.js";
import type { TestBed } from "../test-bed.js";

const PAYLOAD_BYTES = 100;
const PAYLOAD = { text: "x".repeat(PAYLOAD_BYTES - '{"text":""}'.length) };
const MS = 30_000; // more than enough: the rounds are counted
const MAX_OVERHEAD = 60;

interface BytesCase extends BenchCase {
  readonly kind: ChannelKind;
  /** Without the payload itself. */
  readonly isOverhead: boolean;
}

/** What a delivery weighs on the wire. */
export const bytes = defineScenario<BytesCase>({
  name: "bytes",
  title: "Bytes per delivery",
  unit: "bytes that the server writes to a subscriber's socket",
  note: 'A payload of 100 B, one in flight, offsets of four digits, WebSocket and chunk headers included, TCP not. Those that run here are counted on a real socket; the plain ones have no history. Phoenix (`[null,null,topic,event,payload]`) and Centrifugo (`{"push":{"channel":…,"pub":{"data":…,"offset":…}}}`) do not run here: their bytes are computed from the documented form, with the same channel name and payload.',
  contenders: PLAIN_AND_OURS,
  cases: () => [
    { label: "with history", kind: "history", isOverhead: false },
    { label: "with history, beyond the payload", kind: "history", isOverhead: true, goals: { "Fourgate ws": atMost(MAX_OVERHEAD) } }, // prettier-ignore
    { label: "without history", kind: "noHistory", isOverhead: false },
    { label: "without history, beyond the payload", kind: "noHistory", isOverhead: true },
  ],
  async run(context, wanted) {
    const measured = new Map<ChannelKind, ReadonlyMap<ColumnName, number>>();
    for (const kind of new Set(wanted.map((each) => each.kind))) measured.set(kind, await bytesOf(context, kind));
    return wanted.map(({ label, kind, isOverhead, goals = {} }) => {
      const subtracted = isOverhead ? PAYLOAD_BYTES : 0;
      const values = [...(measured.get(kind) ?? [])].map(([name, count]) => [name, count - subtracted] as const);
      return { label, goals, values: new Map(values) };
    });
  },
});

async function bytesOf(context: BenchContext, kind: ChannelKind): Promise<ReadonlyMap<ColumnName, number>> {
  context.log(kind === "history" ? "with history" : "without history");
  const counted = pick(context.scale, { full: 500, quick: 500, smoke: 20 });
  const before = pick(context.scale, { full: 1_000, quick: 1_000, smoke: 1_000 });
  return withTestBeds(context, { clients: 1, channelKind: kind }, async (beds) => {
    const values = new Map<ColumnName, number>();
    for (const bed of beds) {
      await publish(bed, kind, before);
      values.set(bed.name, await publish(bed, kind, counted));
    }
    const delivery = deliveryOf(kind, before + counted / 2);
    values.set("Phoenix", webSocketBytes(phoenixText(delivery)));
    values.set("Centrifugo", webSocketBytes(centrifugoText(delivery)));
    return values;
  });
}

function deliveryOf(kind: ChannelKind, offset: number): Delivery {
  const delivery = { channel: channelName(0, kind), payload: PAYLOAD };
  return kind === "history" ? { ...delivery, offset } : delivery;
}

/** Publishes one by one, and resolves with the bytes per delivery. */
async function publish({ load, server }: TestBed, channelKind: ChannelKind, maxRounds: number): Promise<number> {
  await load.request("rounds 1");
  const before = await load.count();
  const order = { kind: "rounds", channels: 1, channelKind, perRound: 1, bytes: PAYLOAD_BYTES, ms: MS, maxRounds } as const; // prettier-ignore
  await server.request(order);
  const after = await load.count();
  return (after.bytes - before.bytes) / (after.frames - before.frames);
}
