import { expect, it } from "vitest";
import { smallBody } from "./small-body";

const post = (body: BodyInit | null) =>
  new Request("http://localhost/", { method: "POST", body, duplex: "half" } as RequestInit);

it("reads a body, and none", async () => {
  expect(await smallBody(post("person=mia"))).toBe("person=mia");
  expect(await smallBody(post("grüß dich"))).toBe("grüß dich");
  expect(await smallBody(post(null))).toBe("");
});

it("stops reading a body that grows too large", async () => {
  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_024));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  expect(await smallBody(post(endless))).toBeUndefined();
  expect(pulled).toBeLessThan(25);
  expect(cancelled).toBe(true);
});
