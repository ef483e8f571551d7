import type { Style } from "../code/format.js";
import { PLAIN, type ChannelShape } from "../feature/channel-shape.js";
import type { GeneratorInput } from "../input.js";
import { plan } from "../plan.js";
import type { Change } from "../workspace/change.js";
import { MemoryTree } from "../workspace/memory-tree.js";

/** Path → text. */
export type Files = Readonly<Record<string, string>>;

/** This repository's Prettier options. */
export const STYLE: Style = { printWidth: 120 };

/** A feature called "orders", as its generator leaves it. */
export const ORDERS: GeneratorInput = { generator: "feature", feature: "orders" };

/** Plans one request on files in memory. */
export function planOn(files: Files, input: GeneratorInput, style: Style = STYLE): Promise<readonly Change[]> {
  return plan(new MemoryTree(files), input, { donor: new MemoryTree({}), style });
}

/** Files after changes. */
export function applied(files: Files, changes: readonly Change[]): Files {
  const current = new Map(Object.entries(files));
  for (const { path, after } of changes)
    if (after === undefined) current.delete(path);
    else current.set(path, after);
  return Object.fromEntries(current);
}

/** Files after one request after another. */
export async function generated(inputs: readonly GeneratorInput[], files: Files = {}): Promise<Files> {
  let current = files;
  for (const input of inputs) current = applied(current, await planOn(current, input));
  return current;
}

/** A request for a channel of "orders". */
export function channel(slug: string, scope = "authenticated"): GeneratorInput {
  return { generator: "channel", feature: "orders", slug, scope };
}

/** A request for a channel of "orders" with more than one event from the server. */
export function shaped(slug: string, shape: Partial<ChannelShape>, scope = "authenticated"): GeneratorInput {
  return { generator: "channel", feature: "orders", slug, scope, shape: { ...PLAIN, ...shape } };
}

/** A request for a handler in "orders". */
export function handler(slug: string, sample?: string): GeneratorInput {
  return { generator: "handler", feature: "orders", slug, sample };
}

/** "orders" as older features are: two bind files that each register every channel, and destructure their context. */
export async function twoBindFiles(): Promise<Files> {
  const files = await generated([ORDERS]);
  const folder = "packages/orders/src/di";
  const production = fileOf(files, `${folder}/bind-production.ts`).replace("(_context:", "({ registry }:");
  const devSeed = production.replace("bindProductionOrders", "bindDevSeedOrders");
  return { ...files, [`${folder}/bind-production.ts`]: production, [`${folder}/bind-dev-seed.ts`]: devSeed };
}

/** A file that must be there. */
export function fileOf(files: Files, path: string): string {
  const text = files[path];
  if (text === undefined) throw new Error(`${path} is not there; there are ${Object.keys(files).join(", ")}`);
  return text;
}
