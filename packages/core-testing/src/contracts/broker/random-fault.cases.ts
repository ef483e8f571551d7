import { expect, it } from "vitest";
import { seededRandom } from "../../seeded-random";
import { BrokerFixture, envelope } from "./broker-fixture";
import type { MakeBroker } from "./broker-under-test";
import type { ClusterNode } from "./cluster-node";

const CHANNELS = ["red", "green", "blue"];
const ROUNDS = 150;
const ROUND_MS = 100;
const REPORT_MS = 2_000;

interface Published {
  readonly by: string;
  readonly channel: string;
  readonly json: string;
  readonly at: number;
}

interface Commanded {
  readonly userId: string;
  readonly from: number;
  readonly to: number;
  /** Nodes that were isolated when it resolved. */
  readonly isolated: readonly string[];
}

/** A network that loses, repeats, delays, reorders and cuts off, while all nodes publish and command. */
export function randomFaultCases(make: MakeBroker, seeds: readonly number[]): void {
  it.each(seeds)(
    "loses nothing in silence, repeats and reorders nothing, and passes no live node by (seed %i)",
    async (seed) => {
      const fixture = await BrokerFixture.open(make, seed);
      const nodes = await fixture.nodes(4);
      for (const { membership } of nodes)
        await fixture.settle(Promise.all(CHANNELS.map(async (channel) => membership.want(channel))));
      const { published, commanded } = await disturbedRun(fixture, nodes, seededRandom(seed));
      for (const node of nodes) {
        expect(repeated(node)).toEqual([]);
        expect(outOfOrder(node)).toEqual([]);
        expect(deliveredWhileIsolated(node)).toEqual([]);
        expect(published.filter((each) => isLostInSilence(each, node))).toEqual([]);
        expect(commanded.filter((each) => isPassedBy(node, each))).toEqual([]);
      }
      expect(published.length).toBeGreaterThan(100);
      expect(commanded.length).toBeGreaterThan(5);
    },
    300_000, // a minute for a database in WebAssembly beside others; the cases check order, not time
  );
}

async function disturbedRun(fixture: BrokerFixture, nodes: readonly ClusterNode[], random: () => number) {
  const { faults } = fixture.cluster;
  if (faults === "none") throw new Error("Needs a network.");
  const [published, commanded]: [Published[], Commanded[]] = [[], []];
  const calm = faults.disturb();
  const heals: { readonly at: number; readonly heal: () => void }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const node of nodes) {
      const channel = CHANNELS[Math.floor(random() * CHANNELS.length)] ?? "red";
      if (random() < 0.7) publish(node, channel);
      if (random() < 0.2) command(node, `${node.id} ${round}`);
      if (random() < 0.01) cutForAWhile(node);
    }
    await fixture.pass(ROUND_MS);
    for (const { at, heal } of heals) if (at <= fixture.now) heal();
  }
  for (const { heal } of heals) heal();
  calm();
  await fixture.pass(15_000);
  return { published, commanded };

  function publish(node: ClusterNode, channel: string): void {
    const payload = `${node.id} ${published.length}`;
    try {
      void node.membership.publish(envelope(payload, channel));
      published.push({ by: node.id, channel, json: JSON.stringify(payload), at: fixture.now });
    } catch {
      // isolated: the publisher was refused
    }
  }

  function command(node: ClusterNode, userId: string): void {
    const from = fixture.now;
    node.membership.command({ kind: "expel", userId }).then(
      () => {
        const isolated = nodes.flatMap(({ id, isIsolated }) => (isIsolated ? [id] : []));
        commanded.push({ userId, from, to: fixture.now, isolated });
      },
      () => undefined, // isolated: the sender was refused
    );
  }

  function cutForAWhile({ id }: ClusterNode): void {
    if (faults === "none") return;
    const heal = faults.cut(id, (["in", "out", "both"] as const)[Math.floor(random() * 3)] ?? "both");
    heals.push({ at: fixture.now + 500 + random() * 6_000, heal });
  }
}

function repeated({ payloads }: ClusterNode): readonly unknown[] {
  return payloads.filter((json, index) => payloads.indexOf(json) !== index);
}

function outOfOrder({ received }: ClusterNode): readonly unknown[] {
  const last = new Map<string, number>();
  return received.filter(({ channel, json }) => {
    const [by, n] = String(JSON.parse(json ?? "")).split(" ");
    const stream = `${by} ${channel}`;
    const isLate = Number(n) < (last.get(stream) ?? -1);
    last.set(stream, Number(n));
    return isLate;
  });
}

function deliveredWhileIsolated({ events }: ClusterNode): readonly unknown[] {
  let isIsolated = false;
  return events.filter(({ kind }) => {
    if (kind === "isolated" || kind === "rejoined") isIsolated = kind === "isolated";
    return kind === "envelope" && isIsolated;
  });
}

/** Neither delivered, nor reported in time, nor in a time in which the node was isolated and repairs itself when it rejoins. */
function isLostInSilence({ channel, json, at }: Published, node: ClusterNode): boolean {
  if (node.payloads.includes(json)) return false;
  const gaps = node.events.flatMap((event) =>
    event.kind === "gap" && event.at >= at && (event.channels?.includes(channel) ?? true) ? [event.at] : [],
  );
  const rejoined = isolationsOf(node).find(({ from, to }) => from <= at + REPORT_MS && to >= at)?.to;
  return !gaps.some((gapAt) => gapAt <= Math.max(at + REPORT_MS, rejoined ?? 0));
}

/** It has not carried the command out, and delivered all the time that the command took. */
function isPassedBy(node: ClusterNode, { userId, from, to, isolated }: Commanded): boolean {
  const hasDone = node.events.some(
    (event) => event.kind === "command" && event.command.kind === "expel" && event.command.userId === userId,
  );
  const wasIsolated =
    isolated.includes(node.id) || isolationsOf(node).some((each) => each.from <= to && each.to >= from);
  return !hasDone && !wasIsolated;
}

function isolationsOf({ events }: ClusterNode): readonly { readonly from: number; readonly to: number }[] {
  const turns = events.filter(({ kind }) => kind === "isolated" || kind === "rejoined");
  return turns.flatMap(({ kind, at }, index) =>
    kind === "isolated" ? [{ from: at, to: turns[index + 1]?.at ?? Number.POSITIVE_INFINITY }] : [],
  );
}
