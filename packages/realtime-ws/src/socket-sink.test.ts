import { setImmediate as endOfTurn } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { SocketSink } from "./socket-sink.js";
import { StallingSocket } from "./testing/stalling-socket.js";

const LARGE = Buffer.alloc(2_000, "x"); // more than the socket's high-water mark

let socket: StallingSocket;
let sink: SocketSink;
let drains: number;

beforeEach(() => {
  drains = 0;
  socket = new StallingSocket();
  sink = new SocketSink(socket, { onDrain: () => void (drains += 1) });
});

it("does not take a large write that went through for a lag", () => {
  sink.write(LARGE);
  expect([sink.isBlocked, sink.waitingBytes]).toEqual([false, 0]);
});

it("is blocked from the moment that the kernel takes no more until it has taken all, and reports it once", async () => {
  socket.stall();
  sink.write(LARGE);
  sink.write(Buffer.from("last"));
  expect([sink.isBlocked, sink.waitingBytes, drains]).toEqual([true, 2_004, 0]);
  socket.resumeReading();
  await endOfTurn();
  expect([sink.isBlocked, sink.waitingBytes, drains]).toEqual([false, 0, 1]);
  socket.stall();
  sink.write(LARGE);
  socket.resumeReading();
  await endOfTurn();
  expect(drains).toBe(2);
});

it("writes nothing to a socket that is over", async () => {
  const errors: unknown[] = [];
  socket.on("error", (error) => errors.push(error));
  socket.end();
  sink.write(LARGE);
  await endOfTurn();
  expect(errors).toEqual([]);
});
