import { describe, expect, it } from "vitest";
import { faces, SseFixture } from "./testing/sse-fixture.js";

const APP = "https://app.example";
const CORS = /^access-control-/;

describe.each(faces)("CORS by the face of %s", (face) => {
  const open = async () => SseFixture.open({ face, origins: [APP] });

  it("replies to a listed page's preflight with what it needs, and no more", async () => {
    const fixture = await open();
    const headers = {
      origin: APP,
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-evil",
    };
    const response = await fetch(fixture.url, { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(corsOf(response)).toEqual({
      "access-control-allow-origin": APP,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers":
        "accept, authorization, content-type, fourgate-connection, fourgate-first, last-event-id",
      "access-control-expose-headers": "fourgate-connection",
      "access-control-max-age": "600",
    });
    expect(response.headers.get("vary")).toBe("Origin");
  });

  it.each(["https://evil.example", "null", `${APP}.evil.example`, "http://app.example", `${APP}:444`])(
    "sends %s nothing but its refusal, whatever it requests",
    async (origin) => {
      const fixture = await open();
      for (const method of ["OPTIONS", "GET", "POST"]) {
        const response = await fetch(fixture.url, { method, headers: { origin, accept: "text/event-stream" } });
        expect([method, response.status, corsOf(response)]).toEqual([
          method,
          403,
          { "access-control-allow-origin": "*" },
        ]);
        if (method !== "OPTIONS") expect(await response.json()).toMatchObject({ error: { code: "ORIGIN_REFUSED" } });
        expect(response.headers.get("vary")).toBe("Origin");
      }
      expect(fixture.authentications).toBe(0);
    },
  );

  it("lets a listed page read the stream, its capability, and refusals", async () => {
    const fixture = await open();
    const mia = await fixture.stream({ cookie: "session=mia", origin: APP });
    expect(mia.headers).toMatchObject({
      "access-control-allow-origin": APP,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "fourgate-connection",
    });
    const refused = await mia.post("[]");
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([400, APP]);
  });

  it("names no origin where none was shown", async () => {
    const fixture = await open();
    const response = await fetch(fixture.url, { method: "OPTIONS" });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, null]);
  });
});

describe.each(faces)("a stream's head by the face of %s", (face) => {
  it("requests every intermediary to pass it on as it comes", async () => {
    const fixture = await SseFixture.open({ face });
    const { headers } = await fixture.stream();
    expect(headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    expect(headers["content-encoding"]).toBeUndefined();
  });

  it.each(["application/json", "text/html, */*", "text/event-streams"])(
    "refuses a client that accepts %s",
    async (accept) => {
      const fixture = await SseFixture.open({ face });
      expect((await fetch(fixture.url, { headers: { accept } })).status).toBe(406);
      expect(fixture.authentications).toBe(0);
    },
  );
});

function corsOf({ headers }: Response): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => CORS.test(name)));
}
