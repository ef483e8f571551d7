import { expect, it } from "vitest";
import { readBody } from "./request-body.js";

const post = (body: string | ReadableStream) =>
  new Request("http://test/", { method: "POST", body, duplex: "half" } as RequestInit);

it("reads a body up to its bound, and not one byte more", async () => {
  expect(await readBody(post("12345"), 5)).toEqual(Buffer.from("12345"));
  expect(await readBody(post("123456"), 5)).toBeUndefined();
  expect(await readBody(new Request("http://test/"), 5)).toEqual(Buffer.alloc(0));
});

it("leaves a body that does not end", async () => {
  let chunks = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks += 1;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  expect(await readBody(post(endless), 5_000)).toBeUndefined();
  expect(chunks).toBeLessThan(20);
});
