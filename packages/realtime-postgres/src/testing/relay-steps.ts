import { defineRealtimeChannel } from "@repo/core-realtime";
import { RealtimeHandlerRegistry, systemClock, TimedBroadcastGate } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { z } from "zod";
import type { SqlClient, SqlConnection } from "../client/sql-client.js";
import { CodeChannelNames } from "../relay/code-channel-names.js";
import { relayStep } from "../relay/relay-step.js";

const price = defineRealtimeChannel({
  name: "price:{id}",
  scope: "public",
  payload: z.object({ cents: z.number(), currency: z.string().default("EUR") }),
  history: { size: 10, ttlMs: 60_000 },
});
const cursor = defineRealtimeChannel({ name: "cursor", scope: "public", payload: z.object({ x: z.number() }) });

/** The relay's steps, taken one by one, for tests; with two channels that are declared in code. */
export class RelaySteps {
  readonly observer = new RecordingObserver();
  readonly #registry = new RealtimeHandlerRegistry();
  readonly #client: SqlClient;
  #term = "";

  constructor(client: SqlClient) {
    this.#client = client;
    this.#registry.registerChannel(price);
    this.#registry.registerChannel(cursor);
  }

  async take(holder = "me"): Promise<this> {
    await this.#client.query("update realtime.relay_state set lease_until = '-infinity'");
    const [row] = await this.#client.query<{ term: string }>("select realtime.take_lease($1, 60000) as term", [holder]);
    this.#term = row?.term ?? "none";
    return this;
  }

  async step(): Promise<number | undefined> {
    const { observer } = this;
    const codeNames = new CodeChannelNames(this.#registry);
    const limits = { handlerMs: 1_000, maxBroadcastBytes: 1_000 };
    const gate = new TimedBroadcastGate({ clock: systemClock, limits });
    return relayStep(this.#client, this.#term, { registry: this.#registry, codeNames, observer, gate });
  }

  /** Every message, as "channel epoch offset payload"; epochs as a, b, c in the order of their appearance. */
  async log(): Promise<readonly string[]> {
    const rows = await this.#client.query<Record<string, string>>(
      `select channel_name, epoch, "offset", coalesce(payload::text, exact_payload::text) as text from realtime.messages order by seq`,
    );
    const epochs = [...new Set(rows.map(({ epoch }) => epoch))];
    return rows.map(
      ({ channel_name, epoch, offset, text }) =>
        `${channel_name} ${epoch === null ? "-" : "abc"[epochs.indexOf(epoch)]} ${offset} ${text}`,
    );
  }
}

/** Publishes as SQL does, without a check. */
export const write = async (on: SqlClient | SqlConnection, channel: string, payload: unknown) =>
  on.query("insert into realtime.outbox (channel_name, event_name, payload) values ($1, 'message', $2)", [
    channel,
    JSON.stringify(payload),
  ]);
