import { describe, expect, it } from "vitest";
import { faces, Stand } from "./testing/stand.js";

const ping = `[{"type":"ping"}]`;

describe.each(faces)("who may post, by the face of %s", (face) => {
  it.each([
    ["another's cookie", { cookie: "session=sam" }],
    ["no cookie", { cookie: "" }],
    ["another's token beside the cookie", { authorization: "Bearer sam" }],
    ["another scheme beside the cookie", { authorization: "Basic c2FtOg==" }],
  ])("refuses %s on mia's connection, and asks gate 1 for no POST", async (_what, headers) => {
    const stand = await Stand.open({ face });
    const mia = await stand.stream({ cookie: "session=mia" });
    await mia.next("connected");
    const response = await mia.post(ping, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: "UNAUTHENTICATED", retry: "refresh" } });
    expect(await mia.ask({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
    expect(stand.asked).toBe(1);
  });

  it("refuses a token that did not open the stream, and takes the one that did", async () => {
    const stand = await Stand.open({ face });
    const mia = await stand.stream({ authorization: "Bearer mia" });
    expect(await mia.next("connected")).toMatchObject({ userId: "mia" });
    expect((await mia.post(ping, { authorization: "Bearer sam" })).status).toBe(403);
    expect((await mia.post(ping, { authorization: "" })).status).toBe(403);
    expect((await mia.post(ping)).status).toBe(202);
  });

  it("takes cookies in another order, but not one more: it may say who somebody is", async () => {
    const stand = await Stand.open({ face });
    const mia = await stand.stream({ cookie: "theme=dark; session=mia" });
    expect((await mia.post(ping, { cookie: "session=mia;theme=dark" })).status).toBe(202);
    expect((await mia.post(ping, { cookie: "session=mia; theme=dark; admin=1" })).status).toBe(403);
  });

  it("looks at the cookies alone that it was told to", async () => {
    const stand = await Stand.open({ face, sse: { identityCookies: ["session"] } });
    const mia = await stand.stream({ cookie: "session=mia; count=1" });
    expect((await mia.post(ping, { cookie: "count=2; session=mia" })).status).toBe(202);
    expect((await mia.post(ping, { cookie: "count=2; session=sam" })).status).toBe(403);
    expect((await mia.post(ping, { cookie: "count=2; session=sam; session=mia" })).status).toBe(403);
  });

  it("does not open with what observers, logs and presence may show: the connection's id", async () => {
    const stand = await Stand.open({ face });
    const nobody = await stand.stream({});
    const { connectionId } = await nobody.next("connected");
    const [shown] = stand.observer.of("connected").map(({ connection }) => connection.connectionId);
    expect(connectionId).toBe(nobody.capability);
    expect(connectionId.startsWith(`${shown}.`)).toBe(true);
    for (const guess of [shown, `${shown}.`, `${shown}.x`, `${connectionId}x`, connectionId.toUpperCase()])
      expect((await nobody.post(ping, { "fourgate-connection": `${guess}` })).status, guess).toBe(404);
    expect((await nobody.post(ping)).status).toBe(202);
  });

  it("keeps the token out of what observers may log", async () => {
    const stand = await Stand.open({ face });
    await (await stand.stream({ authorization: "Bearer mia" })).next("connected");
    expect(stand.observer.of("connected")).toHaveLength(1);
    expect(JSON.stringify([stand.observer.of("connected"), stand.headers])).not.toContain("Bearer");
  });

  it.each(["https://evil.example", "null"])(
    "refuses a POST of Origin %s, cookie and connection being right",
    async (origin) => {
      const stand = await Stand.open({ face });
      const mia = await stand.stream();
      await mia.next("connected");
      const response = await mia.post(ping, { origin });
      expect(response.status).toBe(403);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      expect((await mia.post(ping, { origin: new URL(stand.url).origin })).status).toBe(202);
    },
  );

  it("refuses a foreign Origin while the server drains too, and serves those who are in", async () => {
    const stand = await Stand.open({ face });
    const mia = await stand.stream();
    await mia.ask({ type: "subscribe", channel: "lobby" });
    await mia.post(`[{"type":"message","channel":"lobby","payload":"never"}]`); // what a drain waits for
    const drained = stand.realtime.close({ drainMs: 60_000 });
    await mia.next("draining");
    expect((await mia.post(ping, { origin: "https://evil.example" })).status).toBe(403);
    expect((await mia.post(ping)).status).toBe(202);
    const late = await stand.stream();
    expect(late.status).toBe(503);
    for (let step = 0; step < 3; step += 1) await stand.clock.advanceAsync(60_000);
    await drained;
  });
});
