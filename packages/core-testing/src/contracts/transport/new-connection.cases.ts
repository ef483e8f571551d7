import { describe, expect, it } from "vitest";
import { enterBystander, expectAllServed } from "./unaffected-client";
import { Stage } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const FLOOD = 5_000;

/** What one newcomer may cost: one gate 1, and nobody else's time. */
export function newcomerCases(make: MakeTransport): void {
  describe("bounds what a newcomer costs", () => {
    it("calls the authenticator once per connection, whatever mischief of its own wire the client plays", async () => {
      const stage = await Stage.open(make);
      const bystander = await enterBystander(stage);
      for (const { name, play } of stage.transport.mischief ?? []) {
        const before = stage.people.asked;
        play((await stage.join("mia", CHANNEL)).link);
        await expectAllServed(stage, bystander);
        expect(stage.people.asked - before, name).toBe(2); // mia's, and that of the newcomer who is served
      }
    });

    it("serves the others while one sends thousands of frames at once, and calls the authenticator once for that one", async () => {
      const stage = await Stage.open(make);
      const bystander = await enterBystander(stage);
      const mallory = await stage.join("mia", CHANNEL);
      for (let sent = 0; sent < FLOOD; sent += 1) mallory.link.sendText(`{"type":"subscribe","channel":"${CHANNEL}"}`);
      await expectAllServed(stage, bystander);
      expect(stage.people.asked).toBe(3);
    });

    it("takes the frames that came with the first request, behind gate 1", async () => {
      const stage = await Stage.open(make);
      const first = `[{"type":"subscribe","id":"f","channel":"${CHANNEL}"}]`;
      const mia = await stage.knock({ token: "mia", first });
      expect(await mia.replyTo("f")).toMatchObject({ ok: true, result: { channel: CHANNEL } });
      expect(mia.frames.map(({ type }) => type)).toEqual(["connected", "reply"]);
    });
  });
}
