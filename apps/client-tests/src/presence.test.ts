import { describe, expect, it } from "vitest";
import { arrive, serverWithPresence, logPresence, type PresenceChannels } from "./presence-stage.js";
import { clientOf } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

const PATIENCE = { timeout: 20_000 };

describe.each(Object.entries(TRANSPORTS))("over %s", (_, transport) => {
  const as = (server: Awaited<ReturnType<typeof serverWithPresence>>["server"], token: string) =>
    arrive(clientOf<PresenceChannels>(server, { transports: [transport()], auth: () => token }), token);

  it("shows the members, what they publish about themselves, and who has left", async () => {
    const { server, errors } = await serverWithPresence();
    const mia = as(server, "mia");
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia"]);
    const tom = as(server, "tom");
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia", "tom"]);
    await tom.presence.update({ at: "page 7" });
    for (const { seen } of [mia, tom]) await expect.poll(seen, PATIENCE).toEqual(["mia", "tom at page 7"]);
    tom.presence.leave();
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia"]);
    expect(tom.seen()).toEqual([]);
    expect(errors).toEqual([]);
  }, 60_000);

  it("publishes it again on the next connection, which is another member", async () => {
    const { server } = await serverWithPresence();
    const [mia, tom] = [as(server, "mia"), as(server, "tom")];
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia", "tom"]);
    await tom.presence.update({ at: "page 7" });
    server.cut();
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia", "tom at page 7"]);
    await expect.poll(tom.seen, PATIENCE).toEqual(["mia", "tom at page 7"]);
  }, 60_000);

  it("shows another identity on the same connection as another member", async () => {
    const { server, presence } = await serverWithPresence();
    const mia = as(server, "mia");
    let token = "tom";
    const tab = arrive(clientOf<PresenceChannels>(server, { transports: [transport()], auth: () => token }));
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia", "tom"]);
    await tab.presence.update({ at: "page 7" });
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia", "tom at page 7"]);
    token = "eve";
    await tab.client.refresh();
    for (const { seen } of [mia, tab]) await expect.poll(seen, PATIENCE).toEqual(["eve at page 7", "mia"]);
    expect(mia.received).toEqual(["presence:join tom 1", "presence:leave tom 0", "presence:join eve 1"]);
    const listed = await presence.list(logPresence.at({ logId: "1" }));
    expect(listed.map(({ userId }) => userId).toSorted()).toEqual(["eve", "mia"]);
  }, 60_000);

  it("reads a long list in pieces", async () => {
    const { server, errors } = await serverWithPresence({ bounds: { pageBytes: 400 } });
    const first = as(server, "mia");
    await first.presence.update({ at: "page 7" });
    const others = Array.from({ length: 7 }, () => as(server, "tom"));
    await expect.poll(() => first.seen().length, PATIENCE).toBe(8);
    const late = as(server, "eve");
    await expect.poll(() => late.presence.isComplete, PATIENCE).toBe(true);
    await expect.poll(late.seen, PATIENCE).toEqual(["eve", "mia at page 7", ...others.map(() => "tom")]);
    expect(errors).toEqual([]);
  }, 60_000);

  it("receives nothing of a reload but a count, and of a closed page that it left when its grace is over", async () => {
    const { server } = await serverWithPresence({ graceMs: 1_500 });
    const mia = as(server, "mia");
    await expect.poll(mia.seen, PATIENCE).toEqual(["mia"]);
    const page = as(server, "tom");
    await expect.poll(() => mia.received, PATIENCE).toEqual(["presence:join tom 1"]);
    page.client.disconnect();
    const reloaded = as(server, "tom");
    await expect
      .poll(() => mia.received, PATIENCE)
      .toEqual(["presence:join tom 1", "presence:join tom 2", "presence:leave tom 1"]);
    const closedAt = performance.now();
    reloaded.client.disconnect();
    await expect.poll(() => mia.received.at(-1), PATIENCE).toBe("presence:leave tom 0");
    expect(performance.now() - closedAt).toBeGreaterThan(1_400);
    expect(mia.received).toHaveLength(4);
    expect(mia.seen()).toEqual(["mia"]);
  }, 60_000);
});
