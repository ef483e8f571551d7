import type { ChannelHandlers, Clock, RealtimeChannel } from "@repo/core-realtime";
import type { DeclaredChannel, LayeredHandlerRegistry } from "@repo/core-realtime/server";
import type { SqlClient } from "../client/sql-client.js";
import { Refresher } from "../refresher.js";
import { readChannelRows, readChannelsVersion } from "./channel-rows.js";
import { isSameRow, sqlChannel, type ChannelRow } from "./sql-channel.js";

/** How changes are found where no notification arrives. */
const POLL_MS = 1_000;

export interface ChannelWatchDeps {
  readonly client: SqlClient;
  readonly registry: Pick<LayeredHandlerRegistry, "declare">;
  readonly handler: NonNullable<ChannelHandlers<RealtimeChannel>["handler"]>;
  readonly clock: Clock;
  readonly onError: (cause: unknown) => void;
}

/** The rows of realtime.channels, declared in a registry and kept up to date: by notifications, and by a poll each second. */
export class ChannelWatch {
  readonly #deps: ChannelWatchDeps;
  readonly #refresher: Refresher;
  #declared = new Map<string, { readonly row: ChannelRow; readonly declared: DeclaredChannel }>();
  #version: string | undefined;
  #unlisten: () => Promise<void> = () => Promise.resolve();

  constructor(deps: ChannelWatchDeps) {
    const { clock, onError } = deps;
    this.#deps = deps;
    this.#refresher = new Refresher({ clock, everyMs: POLL_MS, onError, run: () => this.#refresh() });
  }

  /** Resolves when the channels are declared. */
  async start(): Promise<void> {
    const changed = () => this.#refresher.request();
    this.#unlisten = await this.#deps.client.listen("realtime_channels", { onNotify: changed, onGap: changed });
    await this.#refresher.start();
  }

  async stop(): Promise<void> {
    await this.#refresher.stop();
    await this.#unlisten();
  }

  async #refresh(): Promise<void> {
    const { client, registry } = this.#deps;
    const version = await readChannelsVersion(client);
    if (version === this.#version) return;
    const rows = await readChannelRows(client);
    this.#declared = new Map(rows.map((row) => [row.pattern, this.#keptOrNew(row)]));
    registry.declare([...this.#declared.values()].map(({ declared }) => declared));
    this.#version = version; // last: what failed is tried again
  }

  /** The same object for the same row: only what has changed is checked again. */
  #keptOrNew(row: ChannelRow) {
    const known = this.#declared.get(row.pattern);
    return known && isSameRow(known.row, row) ? known : { row, declared: sqlChannel(row, this.#deps.handler) };
  }
}
