import { Duplex } from "node:stream";
import { expect, it } from "vitest";
import { message, openConnection } from "./testing/open-connection.js";

/** A connection whose WebSocket lies open: what reaches its socket, and when the kernel takes more. */
function openWebSocket() {
  const sent: string[] = [];
  let taken: () => void = () => undefined;
  const socket = new Duplex({
    writableHighWaterMark: 16 * 1024, // Node 20 has this by default, Node 22 four times as much
    read: () => undefined,
    write(bytes: Buffer, _encoding, done) {
      sent.push(bytes.subarray(3).toString()); // behind the header and engine.io's own "4"
      taken = done;
    },
  });
  return { sent, kernelTakes: () => taken(), ...openConnection({ webSocket: socket }) };
}

it("writes a WebSocket's frames to its socket, and engine.io has no part in it", () => {
  const { deliver, sent, texts } = openWebSocket();
  deliver(message("1"));
  expect([sent, texts()]).toEqual([["1"], []]);
});

it("overtakes nothing that engine.io holds", () => {
  const { deliver, engine, sent, texts } = openWebSocket();
  engine.write("under way");
  engine.write("foreign");
  deliver(message("behind it"));
  expect([sent, texts()]).toEqual([[], ["under way", "foreign", "behind it"]]);
  engine.drain();
  deliver(message("direct"));
  expect(sent).toEqual(["direct"]);
});

it("counts what the socket holds, and cuts a client whose queue holds more than it may", () => {
  const { deliver, isCut } = openWebSocket();
  for (let n = 0; n < 3; n += 1) deliver(message("x".repeat(16 * 1024)));
  expect(isCut()).toBe(false);
  for (let n = 0; n < 2; n += 1) deliver(message("x".repeat(16 * 1024)));
  expect(isCut()).toBe(true);
});

it("holds back what the socket does not take, until it does", async () => {
  const { deliver, kernelTakes, sent } = openWebSocket();
  deliver(message("x".repeat(16 * 1024)));
  deliver({ ...message("skipped"), overflow: "drop" }, message("waits"));
  expect(sent).toHaveLength(1);
  kernelTakes();
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent.slice(1)).toEqual(["waits"]);
});
