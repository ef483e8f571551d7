import { expect } from "vitest";
import type { Player } from "../../client/test-client";
import { lobby } from "../contract-channels";
import type { Stage } from "./transport-fixture";

/** Somebody who has nothing to do with a case's troublemaker. */
export async function enterBystander(stage: Stage): Promise<Player> {
  return stage.join("pia", lobby.name);
}

/** The bystander receives what the server publishes, and a reply to what it sends. */
export async function expectServed(stage: Stage, bystander: Player): Promise<void> {
  const text = `served ${bystander.frames.length}`;
  await stage.realtime.broadcaster.broadcast(lobby, { text });
  expect(await bystander.nextEnvelope(lobby.name)).toMatchObject({ payload: { text } });
  const reply = await bystander.ask({ type: "message", channel: lobby.name, payload: { text } });
  expect(reply).toMatchObject({ ok: true, result: { you: "pia" } });
}

/** And a newcomer gets in. */
export async function expectAllServed(stage: Stage, bystander: Player): Promise<void> {
  await expectServed(stage, bystander);
  const newcomer = await stage.enter("sam");
  newcomer.link.close();
}
