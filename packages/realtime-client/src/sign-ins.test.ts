import { FakeClock } from "@repo/core-testing";
import { expect, it, vi } from "vitest";
import { clientOf, nodeUnderTest } from "./testing/node-under-test.js";

it("subscribes what was refused to one identity when another signs in by refresh(), again and again", async () => {
  let token = "mia";
  const client = clientOf(await nodeUnderTest(), { auth: () => token });
  const back = client.channel("back");
  back.subscribe(() => undefined);
  for (const [next, status] of [
    ["mia", "refused"],
    ["staff:mia", "subscribed"],
    ["bob", "refused"],
    ["staff:mia", "subscribed"],
  ]) {
    token = next ?? "";
    await client.refresh();
    await expect.poll(() => back.status).toBe(status);
  }
  client.disconnect();
});

/** A node whose sessions all end at one fixed time, and a client of it; one clock for both. */
async function fixedEnd(endsInMs: number, options: Parameters<typeof clientOf>[1] = {}) {
  const clock = new FakeClock();
  const authenticate = vi.fn(() => ({ userId: "mia", roles: [], expiresAt: clock.now() + endsInMs }));
  const expiresAt = clock.now() + endsInMs;
  authenticate.mockImplementation(() => ({ userId: "mia", roles: [], expiresAt }));
  const node = await nodeUnderTest({ clock, authenticator: { authenticate }, limits: { expiryWarningMs: 60_000 } });
  const client = clientOf(node, { clock, random: () => 0.5, ...options });
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  order.subscribe(() => undefined);
  await clock.advanceAsync(0);
  return { clock, authenticate, client, order };
}

it("does not storm a server whose sessions end at a fixed time", async () => {
  const { clock, authenticate, client, order } = await fixedEnd(30_000);
  for (let tenth = 0; tenth < 200; tenth += 1) await clock.advanceAsync(100);
  expect(order.status).toBe("subscribed");
  expect(authenticate.mock.calls.length).toBeLessThan(8); // the connect, and some offers further and further apart
  client.disconnect();
});

it("comes back where the token endpoint fails while a session is renewed", async () => {
  const auth = vi.fn(async (reason: string) => reason);
  const onError = vi.fn();
  const { clock, authenticate, client, order } = await fixedEnd(10_000, { auth, onError });
  auth.mockImplementation(() => Promise.reject(new Error("the endpoint is away")));
  for (let second = 0; second < 15; second += 1) await clock.advanceAsync(1_000);
  expect(client.state).toMatchObject({ status: "waiting", error: { code: "SESSION_EXPIRED" } });
  authenticate.mockImplementation(() => ({ userId: "mia", roles: [], expiresAt: clock.now() + 3_600_000 }));
  auth.mockImplementation(async () => "new");
  for (let second = 0; second < 10; second += 1) await clock.advanceAsync(1_000);
  expect([client.state.status, order.status]).toEqual(["connected", "subscribed"]);
  expect(onError).toHaveBeenCalledWith(new Error("the endpoint is away"));
  client.disconnect();
});
