import type { BrokerEnvelope, BrokerMembership, BrokerNode } from "@repo/core-realtime";
import { PubSubBroker } from "@repo/core-realtime/server";
import { PostgresServer, sharedDatabase } from "@repo/postgres-testing";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import { PostgresPubSub } from "./postgres-pub-sub.js";

it("isolates every node when the server crashes, and brings them back when it is there again", async () => {
  const server = await PostgresServer.start();
  onTestFinished(() => server.close());
  const { connectionString } = await server.createDatabase();
  const nodes = [await joinedNode(connectionString), await joinedNode(connectionString)] as const;
  for (let crash = 1; crash <= 2; crash += 1) {
    await server.stop("immediate");
    await expect.poll(() => nodes.every(({ isIsolated }) => isIsolated)).toBe(true);
    await expect((async () => nodes[0].membership.publish(envelope("lost")))()).rejects.toThrow(/cut off/);
    await server.resume();
    await expect.poll(() => nodes.some(({ isIsolated }) => isIsolated)).toBe(false);
    expect(nodes.map(({ gaps }) => gaps > 0)).toEqual([true, true]);
    const text = `after crash ${crash}`;
    await nodes[0].membership.publish(envelope(text));
    await expect.poll(() => nodes.map(({ received }) => received.at(-1))).toEqual([text, text]);
    expect(await nodes[1].membership.command({ kind: "recheck" })).toEqual({ nodes: 2, givenUp: [] });
  }
});

it("reads after a crash what has a transaction number that was given before it", async () => {
  const server = await PostgresServer.start();
  onTestFinished(() => server.close());
  const { connectionString } = await server.createDatabase();
  const [here, there] = [await connected(connectionString), await connected(connectionString)];
  const received: string[] = [];
  await there.subscribe("a", (text) => received.push(text));
  for (let n = 0; n < 50; n += 1) await here.publish("a", `before ${n}`); // unlogged: a crash forgets how far the numbers were
  await expect.poll(() => received.length).toBe(50);
  await server.stop("immediate");
  await server.resume();
  const sent: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const text = `after ${n}`;
    await expect.poll(() => here.publish("a", text).then(() => true, () => false)).toBe(true); // prettier-ignore
    sent.push(text);
  }
  await expect.poll(() => new Set(received.slice(50))).toEqual(new Set(sent));
});

it("delivers once what was written before another text and committed after it", async () => {
  const { connectionString } = await sharedDatabase();
  const carrier = await connected(connectionString);
  const received: string[] = [];
  await carrier.subscribe("a", (text) => received.push(text));
  const slow = new pg.Client({ connectionString });
  await slow.connect();
  onTestFinished(() => slow.end());
  await slow.query("begin; insert into realtime.bus (topic, text) values ('a', 'slow')");
  for (const text of ["1", "2"]) await carrier.publish("a", text);
  await expect.poll(() => received).toEqual(["1", "2"]);
  await slow.query("commit");
  await carrier.publish("a", "3");
  await expect.poll(() => received).toContain("3");
  expect(received.toSorted()).toEqual(["1", "2", "3", "slow"]);
});

it("keeps its texts from every other role, whatever that role notifies", async () => {
  const { connectionString, superuserConnectionString, name } = await sharedDatabase();
  const carrier = await connected(connectionString);
  const received: string[] = [];
  await carrier.subscribe("a", (text) => received.push(text));
  const other = new pg.Client({ connectionString: superuserConnectionString });
  await other.connect();
  onTestFinished(() => other.end());
  const role = `other_${name}`;
  await other.query(`create role ${role}; grant usage on schema realtime to ${role}; grant ${role} to current_user`);
  await other.query(`grant all on all tables in schema realtime to ${role}; set role ${role}`); // a careless administrator
  await expect(other.query("insert into realtime.bus (topic, text) values ('a', 'forged')")).rejects.toThrow(
    /row-level security/,
  );
  await carrier.publish("a", "genuine");
  await other.query("notify realtime_bus, 'forged'");
  await expect.poll(() => received).toEqual(["genuine"]);
  expect((await other.query("select * from realtime.bus")).rows).toEqual([]);
});

class RecordingNode implements BrokerNode {
  readonly received: unknown[] = [];
  gaps = 0;
  isIsolated = false;
  #membership: BrokerMembership | undefined;

  get membership(): BrokerMembership {
    if (!this.#membership) throw new Error("Not joined.");
    return this.#membership;
  }

  async join(broker: PubSubBroker): Promise<void> {
    this.#membership = await broker.join(crypto.randomUUID(), this);
    await this.#membership.want("news");
  }

  onEnvelope({ json }: BrokerEnvelope): void {
    this.received.push(JSON.parse(json ?? "null"));
  }
  onCommand(): void {
    // carried out at once
  }
  onGap(): void {
    this.gaps += 1;
  }
  onIsolated(): void {
    this.isIsolated = true;
  }
  onRejoined(): void {
    this.isIsolated = false;
  }
}

async function joinedNode(connectionString: string): Promise<RecordingNode> {
  const broker = new PubSubBroker({ carrier: await connected(connectionString) });
  const node = new RecordingNode();
  await node.join(broker);
  onTestFinished(() => broker.close());
  return node;
}

async function connected(connectionString: string): Promise<PostgresPubSub> {
  const client = new PgClient({ connectionString });
  await migrate(client);
  const carrier = new PostgresPubSub({ client });
  onTestFinished(async () => {
    await carrier.close();
    await client.close();
  });
  return carrier;
}

function envelope(payload: unknown): BrokerEnvelope {
  const json = JSON.stringify(payload);
  return { id: crypto.randomUUID(), channel: "news", event: "message", json, at: 1, sender: { type: "system" } };
}
