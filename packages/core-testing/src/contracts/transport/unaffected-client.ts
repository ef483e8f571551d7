import { expect } from "vitest";
import type { TestClient } from "../../client/test-client";
import { lobby } from "../contract-channels";
import type { TransportFixture } from "./transport-fixture";

/** A client that must not be affected by the misbehaving client of a case. */
export async function joinUnaffectedClient(fixture: TransportFixture): Promise<TestClient> {
  return fixture.join("pia", lobby.name);
}

/** The unaffected client receives what the server publishes, and a reply to what it sends. */
export async function expectServed(fixture: TransportFixture, unaffected: TestClient): Promise<void> {
  const text = `served ${unaffected.frames.length}`;
  await fixture.realtime.broadcaster.broadcast(lobby, { text });
  expect(await unaffected.nextEnvelope(lobby.name)).toMatchObject({ payload: { text } });
  const reply = await unaffected.request({ type: "message", channel: lobby.name, payload: { text } });
  expect(reply).toMatchObject({ ok: true, result: { you: "pia" } });
}

/** The unaffected client is served, and a new client connects. */
export async function expectAllServed(fixture: TransportFixture, unaffected: TestClient): Promise<void> {
  await expectServed(fixture, unaffected);
  const newClient = await fixture.enter("sam");
  newClient.link.close();
}
