import { describe, expect, it } from "vitest";
import type { TestClient } from "../../client/test-client";
import { joinUnaffectedClient, expectAllServed } from "./unaffected-client";
import { hostileFrames } from "./hostile-frames";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const JUNK = Uint8Array.of(0xff, 0xfe, 0x00, 0xc0, 0x80, 0xed, 0xa0, 0x80); // no UTF-8 reads like that

/** Input of every bad kind: refused with a code, without an effect on other clients. */
export function hostileCases(make: MakeTransport): void {
  describe("survives malformed input", () => {
    it.each(hostileFrames)("refuses $name with $code", async ({ text, code }) => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      const mallory = await fixture.join("mia", CHANNEL);
      mallory.link.sendText(text);
      expect((await mallory.nextRefusal()).error).toMatchObject({ code, retry: "never" });
      await expectStillWelcome(mallory);
      await expectAllServed(fixture, unaffected);
    });

    it("replies under the id even of a frame that makes no sense, where it has one", async () => {
      const fixture = await TransportFixture.open(make);
      const mallory = await fixture.enter("mia");
      mallory.link.sendText(`{"type":"shutdown","id":"mine"}`);
      expect(await mallory.replyTo("mine")).toMatchObject({ ok: false, error: { code: "FRAME_INVALID" } });
    });

    it("takes bytes that are no text for what they are: refused, or closed", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      const mallory = await fixture.join("mia", CHANNEL);
      expect(mallory.link.sendBytes === undefined).toBe(fixture.transport.lacks?.includes("bytes") ?? false);
      if (!mallory.link.sendBytes) return;
      mallory.link.sendBytes(JUNK);
      expect(["FRAME_INVALID", "closed"]).toContain(await outcomeFor(mallory));
      await expectAllServed(fixture, unaffected);
    });

    it("closes on a frame of 1 MB with FRAME_TOO_LARGE", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      const mallory = await fixture.join("mia", CHANNEL);
      mallory.link.sendText(messageOf(1024 * 1024));
      const { code } = await mallory.ended();
      if (fixture.transport.lacks?.includes("oversize-code")) expect(code).not.toBe(4510);
      else expect(code).toBe(4510);
      await expectAllServed(fixture, unaffected);
    });

    it("limits a frame to 64 KiB, in bytes", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, mallory] = [await fixture.join("mia", CHANNEL), await fixture.join("sam", CHANNEL)];
      mia.link.sendText(messageOf(64 * 1024));
      expect(await mia.replyTo("large")).toMatchObject({ ok: true });
      mallory.link.sendText(messageOf(64 * 1024 + 4));
      await mallory.ended();
      expect(mallory.envelopes()).toHaveLength(1);
    });

    it("sends every hostile input of its own wire without harm to others", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      for (const { play } of fixture.transport.hostileInputs ?? []) {
        play((await fixture.join("mia", CHANNEL)).link);
        await expectAllServed(fixture, unaffected);
      }
    });
  });
}

/** The legal operation works: what was refused before was refused for what it was. */
async function expectStillWelcome(client: TestClient): Promise<void> {
  const payload = { text: "well formed" };
  expect(await client.request({ type: "message", channel: CHANNEL, payload })).toMatchObject({ ok: true });
  expect(await client.nextEnvelope(CHANNEL)).toMatchObject({ payload });
}

async function outcomeFor(client: TestClient): Promise<string> {
  return Promise.race([
    client.ended().then(() => "closed"),
    client.nextRefusal().then(
      ({ error }) => error.code,
      async () => client.ended().then(() => "closed"),
    ),
  ]);
}

/** A message frame of exactly so many bytes, each character four of them as far as that divides. */
function messageOf(bytes: number): string {
  const frame = (text: string) => JSON.stringify({ type: "message", id: "large", channel: CHANNEL, payload: { text } });
  const room = bytes - frame("").length;
  return frame("a".repeat(room % 4) + "🜂".repeat(Math.floor(room / 4)));
}
