import { createRealtime } from "@repo/core-realtime/server";
import { mountLive } from "@repo/live-ui/testing";
import { expect, it, onTestFinished } from "vitest";
import { Poll } from "../data/poll.js";
import { pollChanged } from "./poll-changed.channel.js";
import { pollPage } from "./poll.page.js";

function opened() {
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  realtime.registry.registerChannel(pollChanged);
  onTestFinished(() => realtime.close({ drainMs: 1 }));
  const poll = new Poll();
  return { realtime, poll, page: pollPage(poll, () => realtime) };
}

it("shows a vote on every open page, and counts a changed one once", async () => {
  const { page } = opened();
  const [mine, other] = [await mountLive(page), await mountLive(page)];
  await mine.act("vote", { meal: "ramen" });
  await expect.poll(() => other.html()).toContain('<b id="votes-ramen">1</b>');
  await mine.act("vote", { meal: "pizza" });
  await expect.poll(() => other.html()).toContain('<b id="votes-pizza">1</b>');
  expect(other.html()).toContain('<span id="total">1</span>');
  expect(other.html()).not.toContain('aria-pressed="true"'); // the choice is the page's own
});

it("follows what is published on the channel, until the page is closed", async () => {
  const { page, poll, realtime } = opened();
  const mounted = await mountLive(page);
  poll.vote("salad", "");
  await realtime.broadcaster.broadcast(pollChanged, null);
  await expect.poll(() => mounted.html()).toContain('<b id="votes-salad">1</b>');
  mounted.unmount();
  poll.vote("salad", "");
  await realtime.broadcaster.broadcast(pollChanged, null);
  await mounted.settled();
  expect(mounted.html()).toContain('<b id="votes-salad">1</b>');
});

it("refuses a meal that is not on the list", async () => {
  const { page } = opened();
  await expect((await mountLive(page)).act("vote", { meal: "soap" })).rejects.toMatchObject({
    code: "PAYLOAD_INVALID",
  });
});
