import { describe, expect, it } from "vitest";
import { faces, SseFixture } from "./testing/sse-fixture.js";

const encoded = (token: string) => `Bearer fourgate.token.${Buffer.from(token).toString("base64url")}`;

describe.each(faces)("the token in a header, by the face of %s", (face) => {
  it("takes a token that is encoded, and a POST that shows it too", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream({ authorization: encoded("mia") });
    expect(await mia.next("connected")).toMatchObject({ userId: "mia" });
    expect(await mia.request({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
  });

  it("treats no client as anonymous that sends a token that it cannot read", async () => {
    const fixture = await SseFixture.open({ face });
    for (const authorization of ["Bearer schl\u00fcssel", "Bearer fourgate.token.%%%", encoded("schlüssel")]) {
      const visitor = await fixture.stream({ authorization });
      expect(await visitor.next("close")).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
    }
  });
});
