import { channelName } from "../channel-name.js";
import type { Contender } from "../contenders/contender.js";
import type { ControlLine } from "./control-line.js";
import type { Order, Report } from "./orders.js";

const FIELD_BYTES = '{"text":""}'.length;
const SAMPLE_MS = 100;

interface Stage {
  readonly contender: Contender;
  readonly control: ControlLine;
}

let begun = process.cpuUsage();

/** Carries an order out. */
export async function obey(order: Order, stage: Stage): Promise<Report> {
  switch (order.kind) {
    case "rounds":
      return rounds(order, stage);
    case "rate":
      return rate(order, stage);
    case "flood":
      return flood(order, stage);
    case "begin":
      begun = process.cpuUsage();
      return {};
    case "spent":
      return { cpuMicros: cpuSince(begun) };
    case "weigh":
      return weigh();
    default:
      return order satisfies never;
  }
}

type OrderOf<Kind extends Order["kind"]> = Extract<Order, { readonly kind: Kind }>;

async function rounds({ channels, perRound, bytes, ms }: OrderOf<"rounds">, stage: Stage): Promise<Report> {
  const { contender, control } = stage;
  const names = Array.from({ length: channels }, (_, n) => channelName(n));
  const text = textOf(bytes);
  const cpu = process.cpuUsage();
  const since = performance.now();
  let count = 0;
  while (performance.now() - since < ms) {
    const everybody = control.round();
    for (let n = 0; n < perRound; n += 1) for (const name of names) contender.publish(name, text);
    await everybody;
    count += 1;
  }
  return { rounds: count, cpuMicros: cpuSince(cpu), wallMs: performance.now() - since };
}

async function rate({ everyMs, count, bytes }: OrderOf<"rate">, { contender, control }: Stage): Promise<Report> {
  const text = textOf(bytes);
  const cpu = process.cpuUsage();
  for (let n = 0; n < count; n += 1) {
    await passed(everyMs);
    control.publishing();
    contender.publish(channelName(0), text);
  }
  await passed(SAMPLE_MS); // the last ones arrive
  return { cpuMicros: cpuSince(cpu) };
}

async function flood({ everyMs, ms, bytes, capBytes }: OrderOf<"flood">, { contender }: Stage): Promise<Report> {
  const text = textOf(bytes);
  const since = performance.now();
  let peakRssBytes = 0;
  let nextSample = 0;
  while (performance.now() - since < ms && peakRssBytes < capBytes) {
    contender.publish(channelName(0), text);
    await passed(everyMs);
    if (performance.now() < nextSample) continue;
    nextSample = performance.now() + SAMPLE_MS;
    peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
  }
  return { peakRssBytes, wallMs: performance.now() - since };
}

async function weigh(): Promise<Report> {
  for (let n = 0; n < 3; n += 1) {
    await passed(50); // what waits for a tick is garbage only after it
    globalThis.gc?.();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, rssBytes: rss };
}

/** A text that makes the payload's JSON so many bytes. */
function textOf(bytes: number): string {
  return "x".repeat(Math.max(0, bytes - FIELD_BYTES));
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
