import { InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { describe, expect, it } from "vitest";
import { connectInMemory } from "../../client/in-memory-link";
import { TestClient } from "../../client/test-client";
import { log } from "../contract-channels";
import { lastPosition, messagesOf, okay } from "./recovered";
import { TransportFixture } from "./transport-fixture";
import { textOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.logs.1";

/** Several transports of one node: one broadcast reaches all, and a client may come back by another one. */
export function severalClientsCases(make: MakeTransport): void {
  describe("serves clients together with another transport", () => {
    it("delivers to its clients and to the other's alike, with the same envelope", async () => {
      const { fixture, elsewhere } = await openWithAnother(make);
      const [here, there] = [await fixture.join("mia", CHANNEL), await elsewhere("pia")];
      await there.request({ type: "subscribe", channel: CHANNEL });
      await there.request({ type: "message", channel: CHANNEL, payload: { text: "from there" } });
      await here.request({ type: "message", channel: CHANNEL, payload: { text: "from here" } });
      const [receivedHere, receivedThere] = [
        [await here.nextEnvelope(CHANNEL), await here.nextEnvelope(CHANNEL)],
        [await there.nextEnvelope(CHANNEL), await there.nextEnvelope(CHANNEL)],
      ];
      expect(receivedHere).toEqual(receivedThere);
      expect(receivedHere.map(({ payload }) => textOf(payload))).toEqual(["from there", "from here"]);
    });

    it("lets a client recover by the other transport what it missed on this one, and the other way round", async () => {
      const { fixture, elsewhere } = await openWithAnother(make);
      const post = async (text: string) => fixture.realtime.broadcaster.broadcast(log.at({ logId: "1" }), { text });
      const first = await fixture.join("mia", CHANNEL);
      await post("seen");
      const seen = await first.nextEnvelope(CHANNEL);
      first.link.close();
      await post("missed here");
      const second = await elsewhere("mia");
      const there = okay(
        await second.request({ type: "subscribe", channel: CHANNEL, since: lastPosition([seen]) }),
      ).result;
      expect(messagesOf(there).map(({ payload }) => textOf(payload))).toEqual(["missed here"]);
      second.link.close();
      await post("missed there");
      const third = await fixture.enter("mia");
      const back = okay(
        await third.request({ type: "subscribe", channel: CHANNEL, since: lastPosition([there]) }),
      ).result;
      expect(messagesOf(back).map(({ payload }) => textOf(payload))).toEqual(["missed there"]);
    });

    it("expels a user from both at once", async () => {
      const { fixture, elsewhere } = await openWithAnother(make);
      const [here, there] = [await fixture.join("mia", CHANNEL), await elsewhere("mia-elsewhere")];
      await fixture.realtime.expel({ userId: "mia" });
      for (const client of [here, there]) expect(await client.ended()).toMatchObject({ code: 4521 });
    });
  });
}

async function openWithAnother(make: MakeTransport) {
  const fixture = await TransportFixture.open(make);
  const another = new InMemoryRealtimeServer();
  await fixture.realtime.serve(another);
  const elsewhere = async (token: string): Promise<TestClient> => {
    const client = await TestClient.connect((events) => connectInMemory(another, { token }, events));
    await client.next("connected");
    return client;
  };
  return { fixture, elsewhere };
}
