import { channelName } from "../channel-name.js";
import type { Contender } from "../contenders/contender.js";
import type { ControlSocket } from "./control-socket.js";
import type { Order, Report } from "./orders.js";
import { Profiler } from "./profiler.js";

const FIELD_BYTES = '{"text":""}'.length;
const SAMPLE_MS = 100;

interface ServerParts {
  readonly contender: Contender;
  readonly control: ControlSocket;
}

type OrderOf<Kind extends Order["kind"]> = Extract<Order, { readonly kind: Kind }>;

const profiler = new Profiler();
let begun = process.cpuUsage();

/** Carries an order out. */
export async function runOrder(order: Order, parts: ServerParts): Promise<Report> {
  switch (order.kind) {
    case "rounds":
      return rounds(order, parts);
    case "rate":
      return rate(order, parts);
    case "flood":
      return flood(order, parts);
    case "begin":
      begun = process.cpuUsage();
      return {};
    case "spent":
      return cpuSince(begun);
    case "memory":
      return memory();
    case "profile":
      await profiler.start();
      begun = process.cpuUsage();
      return {};
    case "profiled":
      return profiled(order);
    default:
      return order satisfies never;
  }
}

async function rounds(order: OrderOf<"rounds">, { contender, control }: ServerParts): Promise<Report> {
  const { channels, channelKind, perRound, bytes, cpuMs, maxRounds = Infinity } = order;
  const names = Array.from({ length: channels }, (_, n) => channelName(n, channelKind));
  const text = textOf(bytes);
  const cpu = process.cpuUsage();
  let [count, spent] = [0, 0];
  while (count < maxRounds && spent < cpuMs * 1_000) {
    const everyClient = control.round();
    for (let n = 0; n < perRound; n += 1) for (const name of names) contender.publish(name, text);
    await everyClient;
    count += 1;
    spent = cpuSince(cpu).cpuMicros;
  }
  return { rounds: count, ...cpuSince(cpu) };
}

async function rate({ everyMs, count, bytes }: OrderOf<"rate">, { contender, control }: ServerParts): Promise<Report> {
  const text = textOf(bytes);
  const cpu = process.cpuUsage();
  for (let n = 0; n < count; n += 1) {
    await passed(everyMs);
    control.publishing();
    contender.publish(channelName(0), text);
  }
  await passed(SAMPLE_MS); // the last ones arrive
  return cpuSince(cpu);
}

async function flood({ everyMs, ms, bytes, capBytes }: OrderOf<"flood">, { contender }: ServerParts): Promise<Report> {
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
  return { peakRssBytes };
}

async function memory(): Promise<Report> {
  for (let n = 0; n < 3; n += 1) {
    await passed(50); // what waits for a tick is garbage only after it
    globalThis.gc?.();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, rssBytes: rss };
}

async function profiled({ file }: OrderOf<"profiled">): Promise<Report> {
  const report = cpuSince(begun); // without the writing of the file
  await profiler.stop(file);
  return report;
}

/** A text that makes the payload's JSON so many bytes. */
function textOf(bytes: number): string {
  return "x".repeat(Math.max(0, bytes - FIELD_BYTES));
}

function cpuSince(start: NodeJS.CpuUsage) {
  const { user, system } = process.cpuUsage(start);
  return { cpuMicros: user + system, systemMicros: system };
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
