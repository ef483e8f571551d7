import type { ClientFrame, ServerFrame } from "@repo/core-realtime";
import { expect, it, onTestFinished } from "vitest";
import type { ChaosLinkEvents } from "./chaos-link";
import { EventLog } from "../checker/event-log";
import { ConformingClient } from "./conforming-client";

const CHANNEL = "room";
const position = (offset: number) => ({ epoch: "e", offset });
const message = (n: number) => ({ m: 1, o: n + 1, t: 0, p: { on: CHANNEL, by: "system", n } });
const reply = (result: object): ServerFrame => ({
  type: "reply",
  id: CHANNEL,
  ok: true,
  result: { channel: CHANNEL, number: 1, ...result },
});

/** The server's end of one connection. */
interface Connection extends ChaosLinkEvents {
  readonly sent: ClientFrame[];
}

/** A client on connections that the test controls; each reports its end while it is cut. */
function openClient() {
  const connections: Connection[] = [];
  const eventLog = new EventLog();
  const open = (events: ChaosLinkEvents) => {
    const sent: ClientFrame[] = [];
    connections.push({ sent, onFrame: events.onFrame, onClose: events.onClose });
    return { send: (frame: ClientFrame) => void sent.push(frame), cut: () => events.onClose() };
  };
  const client = new ConformingClient({ open, channels: [CHANNEL], random: () => 0 }, eventLog);
  onTestFinished(() => client.close());
  const connection = async (index: number) => {
    await expect.poll(() => connections.length, { interval: 1 }).toBeGreaterThan(index);
    const found = connections[index];
    if (!found) throw new Error("no such connection");
    found.onFrame({ type: "connected", protocol: 1, connectionId: "", userId: "mia", pingMs: 1 });
    return found;
  };
  const received = () => eventLog.entries.flatMap((entry) => (entry.kind === "message" ? [entry.n] : []));
  return { client, eventLog, received, connection, connections };
}

it("takes the messages of the reply first, drops what it has, and continues from there", async () => {
  const { received, connection } = openClient();
  const { onFrame } = await connection(0);
  onFrame(reply({ position: position(3), recovered: true, messages: [message(1), message(2)] }));
  [message(2), message(3)].forEach(onFrame);
  expect(received()).toEqual([1, 2, 3]);
});

it("holds what comes while it repairs a hole, and takes it after the reply's messages", async () => {
  const { received, connection } = openClient();
  const { onFrame } = await connection(0);
  onFrame(reply({ position: position(1) }));
  [message(2), message(3), message(4)].forEach(onFrame);
  expect(received()).toEqual([]);
  onFrame(reply({ position: position(4), recovered: true, messages: [1, 2, 3].map(message) }));
  expect(received()).toEqual([1, 2, 3, 4]);
});

it("detects a hole, subscribes from the last message it has, and reports it", async () => {
  const { eventLog, received, connection } = openClient();
  const { onFrame, sent } = await connection(0);
  onFrame(reply({ position: position(1) }));
  onFrame(message(3));
  expect(sent.at(-1)).toMatchObject({ type: "subscribe", since: position(1) });
  onFrame(reply({ position: position(4), recovered: true, messages: [1, 2, 3].map(message) }));
  expect(received()).toEqual([1, 2, 3]);
  expect(eventLog.entries.map(({ kind }) => kind)).toContain("hole");
});

it("reconnects once, subscribes first, and sends again what has no reply", async () => {
  const { client, connection, connections } = openClient();
  const first = await connection(0);
  first.onFrame(reply({ position: position(7) }));
  void client.publish(CHANNEL, { by: "mia", n: 0 });
  first.onClose();
  const second = await connection(1);
  expect(second.sent).toEqual([
    { type: "subscribe", id: CHANNEL, channel: CHANNEL, since: position(7) },
    { type: "message", id: "m1", channel: CHANNEL, payload: { by: "mia", n: 0 } },
  ]);
  expect(connections).toHaveLength(2);
});

it("reports what reaches it though it was refused", async () => {
  const { eventLog, connection } = openClient();
  const { onFrame } = await connection(0);
  onFrame(message(0));
  onFrame({ type: "reply", id: CHANNEL, ok: false, error: { code: "UNAUTHORIZED", message: "", retry: "never" } });
  expect(eventLog.entries.map(({ kind }) => kind)).toEqual(["stray", "refused"]);
});
