import { printable } from "./printable.js";
import type { KnownChannels, LogLine } from "./log-line.js";

const KEY = Symbol.for("fourgate.serving-instances"); // in the global registry: two copies of this module share it

/** The instances of this process that have had a client, by where they were created. */
type ServingInstances = Map<symbol, string>;

/**
 * Reports an instance that publishes without clients, because clients are connected to another instance of the same process: a bundler may
 * load the module that calls `createRealtime` twice.
 */
export class InstanceWatch {
  readonly #id = Symbol();
  readonly #createdAt: string;

  /** `createdAt`: the line of the app that called `createRealtime`. */
  constructor(createdAt: string) {
    this.#createdAt = createdAt;
  }

  /** A client has connected to this instance. */
  connected(): void {
    const serving = servingInstances();
    if (!serving.has(this.#id)) serving.set(this.#id, this.#createdAt);
  }

  /** This instance has published; the line to write where no client can receive it. */
  published(channel: string, channels: KnownChannels): LogLine | undefined {
    const serving = servingInstances();
    if (serving.size === 0 || serving.has(this.#id)) return undefined;
    const other = [...serving.values()].at(-1);
    const name = printable(channels.resolve(channel)?.address.channel.name ?? channel);
    const sentence =
      `Published on ${name} by an instance that no client has ever connected to; the clients of this process are connected to another one. ` +
      `This one was created ${this.#createdAt}, the other ${other}. If a bundler loads that module twice, keep one instance: ` +
      `globalThis.realtime ??= createRealtime({ … }).`;
    return { kind: "instance", place: "", sentence };
  }

  /** The instance is closed. */
  close(): void {
    servingInstances().delete(this.#id);
  }
}

/** The line that called `below`, as a stack has it. */
export function callerOf(below: (...given: never) => unknown): string {
  const held: { stack?: string } = {};
  Error.captureStackTrace?.(held, below);
  return held.stack?.match(/^ *at .+$/m)?.[0].trim() ?? "at an unknown place";
}

function servingInstances(): ServingInstances {
  const shared = globalThis as { [KEY]?: ServingInstances };
  return (shared[KEY] ??= new Map());
}
