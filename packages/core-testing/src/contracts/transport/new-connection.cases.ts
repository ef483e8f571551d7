import { describe, expect, it } from "vitest";
import { joinUnaffectedClient, expectAllServed } from "./unaffected-client";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const FLOOD = 5_000;

/** What one new client may cost: one gate 1, and no time of other clients. */
export function newConnectionCases(make: MakeTransport): void {
  describe("bounds what a new client costs", () => {
    it("calls the authenticator once per connection, whatever hostile input of its own wire the client sends", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      for (const { name, play } of fixture.transport.hostileInputs ?? []) {
        const before = fixture.users.calls;
        play((await fixture.join("mia", CHANNEL)).link);
        await expectAllServed(fixture, unaffected);
        expect(fixture.users.calls - before, name).toBe(2); // mia's, and that of the new client who is served
      }
    });

    it("serves the others while one sends thousands of frames at once, and calls the authenticator once for that one", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      const mallory = await fixture.join("mia", CHANNEL);
      for (let sent = 0; sent < FLOOD; sent += 1) mallory.link.sendText(`{"type":"subscribe","channel":"${CHANNEL}"}`);
      await expectAllServed(fixture, unaffected);
      expect(fixture.users.calls).toBe(3);
    });

    it("takes the frames that came with the first request, behind gate 1", async () => {
      const fixture = await TransportFixture.open(make);
      const first = `[{"type":"subscribe","id":"f","channel":"${CHANNEL}"}]`;
      const mia = await fixture.connect({ token: "mia", first });
      expect(await mia.replyTo("f")).toMatchObject({ ok: true, result: { channel: CHANNEL } });
      expect(mia.frames.map(({ type }) => type)).toEqual(["connected", "reply"]);
    });
  });
}
