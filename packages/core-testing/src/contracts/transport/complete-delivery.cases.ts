import { describe, expect, it } from "vitest";
import { log } from "../contract-channels";
import { ProtocolReader } from "./protocol-reader";
import { TransportFixture } from "./transport-fixture";
import { numbered } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.logs.1";
const CUTS = 30;

/** The client rules of PROTOCOL.md, over connections that are cut at every moment. */
export function completeDeliveryCases(make: MakeTransport): void {
  describe("loses nothing for a client that follows the client rules", () => {
    it("no message twice, none missing, none out of order, over thirty cut connections", async () => {
      const fixture = await TransportFixture.open(make, { limits: { framesPerSecond: 10_000 } });
      const reader = new ProtocolReader();
      let published = 0;
      const publish = async (count: number) => {
        for (let n = 0; n < count; n += 1, published += 1)
          await fixture.realtime.broadcaster.broadcast(log.at({ logId: "1" }), { text: String(published) });
      };
      const first = await fixture.join("mia", CHANNEL); // so that the reader's beginning is the channel's
      reader.subscribe(first, CHANNEL);
      await first.replyTo("law");
      reader.read(first.frames);
      for (let cut = 0; cut < CUTS; cut += 1) {
        const client = await fixture.enter("mia");
        const publishing = publish(cut % 5);
        reader.subscribe(client, CHANNEL);
        await publishing;
        await publish(cut % 3);
        if (cut % 2) await client.replyTo("law");
        await publish(cut % 7);
        client.link.abort();
        reader.read(client.frames);
        await publish(cut % 4);
      }
      const last = await fixture.enter("mia");
      reader.subscribe(last, CHANNEL);
      await last.replyTo("law");
      await last.roundTrip();
      reader.read(last.frames);
      expect(reader.holes).toEqual([]);
      expect(reader.received).toEqual(numbered(published));
    });
  });
}
