import { once } from "node:events";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { parsedBody } from "./parsed-body.js";

/** A request whose body a parser has read to its end, and left here. */
async function requestWith(body: unknown) {
  const request = new IncomingMessage(new Socket());
  request.push(null);
  request.resume();
  await once(request, "end");
  return Object.assign(request, { body });
}

const TEXT = "a part of a larger buffer";
const bytesIn = (buffer: ArrayBufferLike) => new Uint8Array(buffer, 3, TEXT.length);

it("returns the bytes that a parser has left without a copy: an endpoint's limit comes later", async () => {
  const left = bytesIn(new ArrayBuffer(64));
  left.set(Buffer.from(TEXT));
  const body = parsedBody(await requestWith(left));
  expect(body).toMatchObject({ buffer: left.buffer, byteOffset: 3, byteLength: TEXT.length });
  expect(body instanceof Uint8Array && body.buffer === left.buffer).toBe(true);
});

it("copies bytes in shared memory, which fetch does not take", async () => {
  const left = bytesIn(new SharedArrayBuffer(64));
  left.set(Buffer.from(TEXT));
  const body = parsedBody(await requestWith(left));
  if (!(body instanceof Uint8Array)) throw new Error("no bytes");
  expect(await new Request("http://a.example", { method: "POST", body }).text()).toBe(TEXT);
});
