import { expect, it } from "vitest";
import { createPostQueue, takeBatch } from "./post-queue.js";
import { deferred } from "./testing/deferred.js";

/** A queue whose posts get their replies from the test. */
function queue() {
  const bodies: string[] = [];
  const pending: ReturnType<typeof deferred<boolean>>[] = [];
  const send = createPostQueue((body) => {
    const reply = deferred<boolean>();
    bodies.push(body);
    pending.push(reply);
    return reply.promise;
  });
  return { send, bodies, pending };
}

it("posts what is published in one turn together, in order", async () => {
  const { send, bodies } = queue();
  for (const n of [1, 2, 3]) send({ n });
  await expect.poll(() => bodies).toEqual(['[{"n":1},{"n":2},{"n":3}]']);
});

it("has one post under way at a time, and what comes meanwhile goes together", async () => {
  const { send, bodies, pending } = queue();
  send({ n: 1 });
  await expect.poll(() => bodies.length).toBe(1);
  send({ n: 2 });
  await Promise.resolve();
  send({ n: 3 });
  await new Promise(setImmediate);
  expect(bodies.length).toBe(1);
  pending[0]?.resolve(true);
  await expect.poll(() => bodies).toEqual(['[{"n":1}]', '[{"n":2},{"n":3}]']);
});

it("posts no more when all is over", async () => {
  const { send, bodies, pending } = queue();
  send({ n: 1 });
  await expect.poll(() => bodies.length).toBe(1);
  send({ n: 2 });
  pending[0]?.resolve(false);
  await new Promise(setImmediate);
  expect(bodies).toEqual(['[{"n":1}]']);
});

it("takes no more than a server does: a hundred frames, 64 Ki characters, one at least", () => {
  expect(takeBatch(Array.from({ length: 150 }, () => "{}")).length).toBe(100);
  const large = "x".repeat(60_000);
  const waiting = [large, "{}", large, large];
  expect([takeBatch(waiting).length, takeBatch(waiting).length, waiting.length]).toEqual([2, 1, 1]);
  expect(takeBatch(["x".repeat(70_000), "{}"]).length).toBe(1);
});
