import type { Programs } from "./build.js";
import { channelName, type ChannelKind } from "./channel-name.js";
import type { ContenderName } from "./contender-name.js";
import { browserHeaders } from "./load/browser-headers.js";
import { CLIENT_SCRIPTS } from "./load/client-scripts.js";
import { LoadClient } from "./load/load-client.js";
import type { LoadScript } from "./load/load-script.js";
import { ServerChild } from "./server/server-child.js";

/** Who connects, and to what they subscribe. */
export interface TestBedOptions {
  readonly clients: number;
  /** Client n subscribes to channel n modulo this; default 1. */
  readonly channels?: number;
  /** By default with history. */
  readonly channelKinds?: readonly ChannelKind[];
  /** Channels of each kind that each client subscribes to; default 1. */
  readonly subscriptions?: number;
  /** Options of Node's own for the server process. */
  readonly nodeArgs?: readonly string[];
}

const CONCURRENCY = 128; // connections that are being opened at once

/** One contender's server and its load client, each in a process of its own. */
export class TestBed {
  readonly name: ContenderName;
  readonly server: ServerChild;
  readonly load: LoadClient;

  private constructor(name: ContenderName, server: ServerChild, load: LoadClient) {
    this.name = name;
    this.server = server;
    this.load = load;
  }

  /** Starts both; no client connects yet. */
  static async start(programs: Programs, name: ContenderName, options: TestBedOptions): Promise<TestBed> {
    const server = await ServerChild.start(programs.server, name, options.nodeArgs);
    return new TestBed(name, server, new LoadClient(programs.load, scriptOf(name, server, options)));
  }

  /** Connects more clients and subscribes them. */
  async connect(clients: number): Promise<void> {
    await this.load.request(`open ${clients} ${CONCURRENCY}`);
  }

  async close(): Promise<void> {
    await this.load.close();
    await this.server.close();
  }
}

function scriptOf(name: ContenderName, { listening }: ServerChild, options: TestBedOptions): LoadScript {
  const { kind, path, protocol, echo, enter, subscribe } = CLIENT_SCRIPTS[name];
  const { channels = 1, subscriptions = 1, channelKinds = ["history"] } = options;
  const numbers = Array.from({ length: subscriptions }, (_, n) => (n === 0 ? "%d" : `${n}-%d`));
  const names = channelKinds.flatMap((channelKind) => numbers.map((number) => channelName(number, channelKind)));
  const steps = [...enter(names), ...names.flatMap(subscribe)];
  const headers = browserHeaders(listening.port);
  return { ...listening, kind, path: path(names), protocol: protocol(names), headers, echo, channels, steps };
}
