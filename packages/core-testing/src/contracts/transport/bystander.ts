import { expect } from "vitest";
import type { Player } from "../../player/player";
import type { Stage } from "./stage";

const ROOM_ID = "bystanders";
const CHANNEL = `contract.rooms.${ROOM_ID}`;

/** Somebody who has nothing to do with a case's troublemaker. */
export async function enterBystander(stage: Stage): Promise<Player> {
  return stage.join("pia", CHANNEL);
}

/** The bystander hears the server, and is answered, within a second; and a newcomer gets in. */
export async function expectAllServed(stage: Stage, bystander: Player): Promise<void> {
  const began = performance.now();
  const text = `served ${bystander.frames.length}`;
  await stage.say(ROOM_ID, text);
  expect(await bystander.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text } });
  expect(await bystander.ask({ type: "message", channel: CHANNEL, payload: { text } })).toMatchObject({ ok: true });
  await bystander.nextEnvelope(CHANNEL);
  expect(performance.now() - began).toBeLessThan(1_000);
  const newcomer = await stage.enter("sam");
  newcomer.link.close();
}
