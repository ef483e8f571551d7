import { Chronicle } from "../chronicle";
import { Diary } from "../diary";
import type { Right } from "../evidence";
import { Outages } from "../outages";
import { checkLaws } from "./check-laws";

export const CHANNEL = "room";
export const position = (offset: number) => ({ epoch: "e", offset });

/** Mia is subscribed from the start, and the system publishes `messages` messages, all acknowledged. */
export function lawFixture({ messages = 4, kept = 2, right = "all" as Right, nodes = 1 } = {}) {
  const chronicle = new Chronicle();
  const diary = new Diary();
  const outages = new Outages();
  for (let n = 0; n < messages; n += 1) {
    chronicle.publish(CHANNEL, "system");
    chronicle.replied(CHANNEL, "system", { position: position(n + 1) });
  }
  diary.onAttached({ channel: CHANNEL, position: position(0) });
  const receive = (n: number, offset = n + 1) => diary.onMessage(envelope(n, kept > 0 ? offset : undefined));
  const judge = (others: readonly Diary[] = []) =>
    checkLaws({
      nodes,
      channels: [{ channel: CHANNEL, kept }],
      chronicle,
      outages,
      witnesses: [diary, ...others].map((each, index) => ({
        name: index === 0 ? "mia" : `other ${index}`,
        rights: new Map([[CHANNEL, right]]),
        entries: each.entries,
      })),
    }).map(({ law, account }) => `${law}: ${account.split(";")[0]}`);
  return { chronicle, diary, outages, receive, judge };
}

export function envelope(n: number, offset: number | undefined, by = "system") {
  const placed = offset === undefined ? {} : { position: position(offset) };
  return {
    id: "",
    channel: CHANNEL,
    event: "message",
    payload: { by, n },
    at: 0,
    sender: { type: "system" },
    ...placed,
  } as const;
}
