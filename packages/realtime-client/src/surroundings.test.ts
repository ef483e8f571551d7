import { expect, it, vi } from "vitest";
import { scriptedClient } from "./testing/scripted-client.js";

/** Node has no page: an event target plays one. */
function page(): EventTarget {
  const target = new EventTarget();
  vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
  return target;
}

it.each(["online", "pageshow", "focus", "visibilitychange"])("tries again at once on %s", async (change) => {
  const window = page();
  const { client, transport, connect } = scriptedClient();
  await connect();
  transport.link.break(1006);
  window.dispatchEvent(new Event(change));
  expect(client.state).toEqual({ status: "connecting", attempt: 0 });
});

it.each(["online", "offline", "visibilitychange"])("probes the link on %s", async (change) => {
  const window = page();
  const { transport, clock, client, connect } = scriptedClient();
  await connect();
  transport.link.emit({ type: "pong" });
  window.dispatchEvent(new Event(change));
  expect(transport.link.of("ping").length).toBe(2);
  clock.advance(6_000);
  expect(client.state.status).toBe("waiting");
});

it("no longer listens to the page after a disconnect", async () => {
  const window = page();
  const { client, transport, connect } = scriptedClient();
  await connect();
  client.disconnect();
  window.dispatchEvent(new Event("online"));
  expect(client.state.status).toBe("idle");
  expect(transport.links.length).toBe(1);
});
