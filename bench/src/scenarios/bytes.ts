import { centrifugoText, phoenixText, webSocketBytes, type Delivery } from "../byte-formats.js";
import { channelName, type ChannelKind } from "../channel-name.js";
import { PLAIN_AND_OURS, type ColumnName } from "../contender-name.js";
import { withTestBeds } from "../interleave.js";
import { defineScenario, type BenchCase } from "../scenario.js";
import { atMost } from "../tables/goal.js";
import type { TestBed } from "../test-bed.js";

const PAYLOAD_BYTES = 100;
const PAYLOAD = { text: "x".repeat(PAYLOAD_BYTES - '{"text":""}'.length) };
const CPU_MS = 30_000; // more than enough: the rounds are counted
const EARLIER = 1_000; // so that offsets have four digits
const COUNTED = 50;
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
    const channelKinds = [...new Set(wanted.map((each) => each.kind))];
    context.log(`${PAYLOAD_BYTES} B`);
    const measured = await withTestBeds(context, { clients: 1, channelKinds }, async (beds) => {
      const counted = new Map<ChannelKind, ReadonlyMap<ColumnName, number>>();
      for (const kind of channelKinds) counted.set(kind, await bytesOf(beds, kind));
      return counted;
    });
    return wanted.map(({ label, kind, isOverhead, goals = {} }) => {
      const subtracted = isOverhead ? PAYLOAD_BYTES : 0;
      const values = [...(measured.get(kind) ?? [])].map(([name, count]) => [name, count - subtracted] as const);
      return { label, goals, values: new Map(values) };
    });
  },
});

async function bytesOf(beds: readonly TestBed[], channelKind: ChannelKind): Promise<ReadonlyMap<ColumnName, number>> {
  const counting = beds.map(async (bed) => {
    await publish(bed, { channelKind, perRound: 100, maxRounds: EARLIER / 100 });
    return [bed.name, await publish(bed, { channelKind, perRound: 1, maxRounds: COUNTED })] as const;
  });
  const delivery = deliveryOf(channelKind, EARLIER + COUNTED / 2);
  return new Map<ColumnName, number>([
    ...(await Promise.all(counting)),
    ["Phoenix", webSocketBytes(phoenixText(delivery))],
    ["Centrifugo", webSocketBytes(centrifugoText(delivery))],
  ]);
}

function deliveryOf(kind: ChannelKind, offset: number): Delivery {
  const delivery = { channel: channelName(0, kind), payload: PAYLOAD };
  return kind === "history" ? { ...delivery, offset } : delivery;
}

interface Publications {
  readonly channelKind: ChannelKind;
  readonly perRound: number;
  readonly maxRounds: number;
}

/** Publishes, and resolves with the bytes per delivery. */
async function publish({ load, server }: TestBed, publications: Publications): Promise<number> {
  await load.request(`rounds ${publications.perRound}`);
  const before = await load.count();
  await server.request({ kind: "rounds", channels: 1, bytes: PAYLOAD_BYTES, cpuMs: CPU_MS, ...publications });
  const after = await load.count();
  return (after.bytes - before.bytes) / (after.frames - before.frames);
}
