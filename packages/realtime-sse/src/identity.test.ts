import { describe, expect, it } from "vitest";
import { faces, SseFixture } from "./testing/sse-fixture.js";

const ping = `[{"type":"ping"}]`;

describe.each(faces)("who may post, by the face of %s", (face) => {
  it.each([
    ["another's cookie", { cookie: "session=sam" }, 2],
    ["another's cookie behind its own", { cookie: "session=sam; session=mia" }, 2],
    ["no cookie", { cookie: "" }, 2],
    ["another's token beside the cookie", { authorization: "Bearer sam" }, 1],
    ["another scheme beside the cookie", { authorization: "Basic c2Ftog==" }, 1],
  ])("refuses %s on mia's connection, and continues to serve mia", async (_what, headers, calls) => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream({ cookie: "session=mia" });
    await mia.next("connected");
    const response = await mia.post(ping, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: "UNAUTHENTICATED", retry: "refresh" } });
    expect(await mia.request({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
    expect(fixture.authentications).toBe(calls);
  });

  it("takes each POST of the same sign-in although a foreign cookie changes, and authenticates once per change", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream({ cookie: "session=mia; count=0" });
    await mia.next("connected");
    for (let count = 1; count <= 10; count += 1) {
      const cookie = `count=${count}; session=mia`;
      const taken = mia.post(ping, { cookie });
      await fixture.clock.advanceAsync(1_000);
      expect((await taken).status).toBe(202);
      expect((await mia.post(ping, { cookie })).status).toBe(202);
    }
    expect(fixture.authentications).toBe(11);
    expect((await mia.post(ping)).status).toBe(202); // and those of its GET
    expect(fixture.authentications).toBe(11);
  });

  it("authenticates at most once a second for one connection: POSTs wait", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream({ cookie: "session=mia" });
    await mia.next("connected");
    expect((await mia.post(ping, { cookie: "session=mia; count=1" })).status).toBe(202);
    const waiting = [2, 3].map(async (count) => mia.post(ping, { cookie: `session=mia; count=${count}` }));
    let isWaiting = true;
    const responses = Promise.all(waiting).finally(() => (isWaiting = false));
    const began = fixture.clock.monotonic();
    while (isWaiting) {
      await fixture.clock.advanceAsync(100);
      expect(fixture.authentications - 2).toBeLessThanOrEqual((fixture.clock.monotonic() - began) / 1_000);
    }
    for (const response of await responses) expect(response.status).toBe(202);
    expect(fixture.authentications).toBe(4);
  });

  it("refuses an anonymous POST once a user has signed in, and another sign-in of the same user", async () => {
    const fixture = await SseFixture.open({ face });
    const visitor = await fixture.stream({});
    await visitor.next("connected");
    expect((await visitor.post(ping, { cookie: "theme=dark" })).status).toBe(202);
    await fixture.clock.advanceAsync(1_000);
    expect((await visitor.post(ping, { cookie: "session=mia" })).status).toBe(403);
    const mia = await fixture.stream({ cookie: "session=mia" });
    await mia.next("connected");
    fixture.users.set("miaagain", { userId: "mia", roles: [], sessionId: "another" });
    expect((await mia.post(ping, { cookie: "session=miaagain" })).status).toBe(403);
  });

  it("refuses a token that did not open the stream, and takes the one that did", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream({ authorization: "Bearer mia" });
    expect(await mia.next("connected")).toMatchObject({ userId: "mia" });
    expect((await mia.post(ping, { authorization: "Bearer sam" })).status).toBe(403);
    expect((await mia.post(ping, { authorization: "" })).status).toBe(403);
    expect((await mia.post(ping)).status).toBe(202);
  });

  it("takes cookies in another order, but not one more, where all of them count", async () => {
    const fixture = await SseFixture.open({ face, sse: { identityCookies: "all" } });
    const mia = await fixture.stream({ cookie: "theme=dark; session=mia" });
    expect((await mia.post(ping, { cookie: "session=mia;theme=dark" })).status).toBe(202);
    expect((await mia.post(ping, { cookie: "session=mia; theme=dark; admin=1" })).status).toBe(403);
    expect(fixture.authentications).toBe(1);
  });

  it("compares only the cookies that it is configured to", async () => {
    const fixture = await SseFixture.open({ face, sse: { identityCookies: ["session"] } });
    const mia = await fixture.stream({ cookie: "session=mia; count=1" });
    expect((await mia.post(ping, { cookie: "count=2; session=mia" })).status).toBe(202);
    expect((await mia.post(ping, { cookie: "count=2; session=sam" })).status).toBe(403);
    expect((await mia.post(ping, { cookie: "count=2; session=sam; session=mia" })).status).toBe(403);
  });

  it("does not open with what observers, logs and presence may show: the connection's id", async () => {
    const fixture = await SseFixture.open({ face });
    const visitor = await fixture.stream({});
    const { connectionId } = await visitor.next("connected");
    const [shown] = fixture.observer.of("connected").map(({ connection }) => connection.connectionId);
    expect(connectionId).toBe(visitor.capability);
    expect(connectionId.startsWith(`${shown}.`)).toBe(true);
    for (const guess of [shown, `${shown}.`, `${shown}.x`, `${connectionId}x`, connectionId.toUpperCase()])
      expect((await visitor.post(ping, { "fourgate-connection": `${guess}` })).status, guess).toBe(404);
    expect((await visitor.post(ping)).status).toBe(202);
  });

  it("keeps the token out of what observers may log", async () => {
    const fixture = await SseFixture.open({ face });
    await (await fixture.stream({ authorization: "Bearer mia" })).next("connected");
    expect(fixture.observer.of("connected")).toHaveLength(1);
    expect(JSON.stringify([fixture.observer.of("connected"), fixture.headers])).not.toContain("Bearer");
  });

  it.each(["https://evil.example", "null"])(
    "refuses a POST of Origin %s, cookie and connection being right",
    async (origin) => {
      const fixture = await SseFixture.open({ face });
      const mia = await fixture.stream();
      await mia.next("connected");
      const response = await mia.post(ping, { origin });
      expect(response.status).toBe(403);
      expect(response.headers.get("access-control-allow-origin")).toBe("*"); // it may read the refusal, without credentials
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
      expect((await mia.post(ping, { origin: new URL(fixture.url).origin })).status).toBe(202);
    },
  );

  it("refuses a foreign Origin while the server drains too, and serves those that are connected", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream();
    await mia.request({ type: "subscribe", channel: "lobby" });
    await mia.post(`[{"type":"message","channel":"lobby","payload":"never"}]`); // what a drain waits for
    const drained = fixture.realtime.close({ drainMs: 60_000 });
    await mia.next("draining");
    expect((await mia.post(ping, { origin: "https://evil.example" })).status).toBe(403);
    expect((await mia.post(ping)).status).toBe(202);
    const late = await fixture.stream();
    expect(late.status).toBe(503);
    for (let step = 0; step < 3; step += 1) await fixture.clock.advanceAsync(60_000);
    await drained;
  });
});
