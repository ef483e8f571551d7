import type { IRealtimeGuard, IRealtimeHistory, RealtimeHandler, RealtimeOpening } from "@repo/core-realtime";
import {
  createRealtime,
  type AllowedOrigins,
  type DrainOptions,
  type Realtime,
  type RealtimeLimits,
} from "@repo/core-realtime/server";
import { onTestFinished } from "vitest";
import { FakeClock } from "../../fake-clock";
import { TestClient } from "../../client/test-client";
import { RecordingObserver } from "../../recording-observer";
import { withPatience } from "../../waiters";
import { cursors, gauges, inbox, lobby, log, office, room } from "../contract-channels";
import { ContractUsers } from "./contract-users";
import type { ConnectOptions, MakeTransport, TransportUnderTest } from "./transport-under-test";

/** What a case changes of the usual. */
export interface FixtureOptions {
  readonly limits?: Partial<RealtimeLimits>;
  readonly guards?: readonly IRealtimeGuard[];
  readonly origins?: AllowedOrigins;
  readonly history?: IRealtimeHistory;
  /** The handler of a room; by default it broadcasts to the room. */
  readonly onMessage?: RealtimeHandler<typeof room>;
  /** Welcomes to a room. */
  readonly welcome?: RealtimeOpening<typeof room>;
}

/** One node behind the transport under test, with its clock and users controlled by the case. */
export class TransportFixture {
  readonly clock = new FakeClock();
  readonly observer = new RecordingObserver();
  readonly users = new ContractUsers();
  readonly realtime: Realtime;
  readonly transport: TransportUnderTest;
  #origin = "";
  #draining: Promise<void> | undefined;

  private constructor(transport: TransportUnderTest, { onMessage, welcome, ...options }: FixtureOptions) {
    this.transport = transport;
    const { clock, observer, users } = this;
    this.realtime = createRealtime({ ...options, clock, observers: [observer], authenticator: users });
    const { registry, broadcaster } = this.realtime;
    const broadcastIt: RealtimeHandler<typeof room> = ({ address, payload }) => broadcaster.broadcast(address, payload);
    registry.register(room, { handler: onMessage ?? broadcastIt, ...(welcome && { opening: welcome }) });
    registry.register(log, ({ address, payload }) => broadcaster.broadcast(address, payload));
    registry.register(lobby, ({ user }) => ({ you: user?.userId ?? null }));
    for (const channel of [office, inbox, cursors, gauges]) registry.registerChannel(channel);
  }

  /** Opens a fixture that closes when the test ends. */
  static async open(make: MakeTransport, options: FixtureOptions = {}): Promise<TransportFixture> {
    const fixture = new TransportFixture(await make(), options);
    onTestFinished(() => fixture.close());
    fixture.#origin = await fixture.transport.serve(fixture.realtime);
    return fixture;
  }

  /** The origin of the server's own pages. */
  get origin(): string {
    return this.#origin;
  }

  /** A client requests a connection; gate 1 has not replied yet. */
  async connect(options: ConnectOptions = {}): Promise<TestClient> {
    return TestClient.connect((events) => this.transport.connect(options, events));
  }

  /** A client passes gate 1 with this token. */
  async enter(token?: string): Promise<TestClient> {
    const client = await this.connect(token === undefined ? {} : { token });
    await client.next("connected");
    return client;
  }

  /** A client passes gate 1 and joins a channel. */
  async join(token: string, channel: string): Promise<TestClient> {
    const client = await this.enter(token);
    const reply = await client.request({ type: "subscribe", channel });
    if (!reply.ok) throw new Error(`${token} may not join ${channel}: ${reply.error.code}`);
    return client;
  }

  /** Broadcasts to a room, as the server. */
  async broadcast(roomId: string, text: string): Promise<void> {
    await this.realtime.broadcaster.broadcast(room.at({ roomId }), { text });
  }

  /** Begins to close the node; the case moves the clock. */
  drain(options: DrainOptions = { drainMs: 1 }): Promise<void> {
    this.#draining ??= this.realtime.close(options);
    return this.#draining;
  }

  /** Closes the node, then the transport; moves the clock as long as the node waits for it. */
  async close(): Promise<void> {
    let isWaiting = true;
    const closed = withPatience(this.drain(), () => "realtime.close() was to resolve").finally(() => {
      isWaiting = false;
    });
    while (isWaiting) await this.clock.advanceAsync(1_000);
    await closed.finally(() => this.transport.close());
  }
}
