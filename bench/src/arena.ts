import type { Programs } from "./build.js";
import { channelName } from "./channel-name.js";
import type { ContenderName } from "./contender-name.js";
import { DIALECTS } from "./dialects.js";
import { LoadClient } from "./load-client.js";
import { ServerChild } from "./server-child.js";

/** Who comes, and what they join. */
export interface ArenaOptions {
  readonly clients: number;
  /** Client n joins channel n modulo this; default 1. */
  readonly channels?: number;
  /** Channels that each client joins; default 1. */
  readonly subscriptions?: number;
}

const CONCURRENCY = 128; // connections that are being opened at once

/** One contender's server and its load client, each in a process of its own. */
export class Arena {
  readonly name: ContenderName;
  readonly server: ServerChild;
  readonly load: LoadClient;

  private constructor(name: ContenderName, server: ServerChild, load: LoadClient) {
    this.name = name;
    this.server = server;
    this.load = load;
  }

  /** Starts both; nobody has come yet. */
  static async start(programs: Programs, name: ContenderName, options: ArenaOptions): Promise<Arena> {
    const server = await ServerChild.start(programs.server, name);
    return new Arena(name, server, new LoadClient([...programs.load, ...argumentsOf(name, server, options)]));
  }

  async letIn(clients: number): Promise<void> {
    await this.load.ask(`open ${clients} ${CONCURRENCY}`);
  }

  async close(): Promise<void> {
    await this.load.close();
    await this.server.close();
  }
}

function argumentsOf(name: ContenderName, { listening }: ServerChild, options: ArenaOptions): readonly string[] {
  const { path, protocol, enter, subscribe } = DIALECTS[name];
  const { channels = 1, subscriptions = 1 } = options;
  const names = Array.from({ length: subscriptions }, (_, n) => channelName(n === 0 ? "%d" : `${n}-%d`));
  const steps = [...enter, ...names.map(subscribe)].flatMap(({ say, expect }) => [say, expect]);
  return [listening.port, listening.controlPort, path, protocol, channels, ...steps].map(String);
}
