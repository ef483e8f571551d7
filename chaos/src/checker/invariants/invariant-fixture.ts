import { PublishLog } from "../publish-log";
import { EventLog } from "../event-log";
import type { Right } from "../message-run";
import { Outages } from "../outages";
import { checkInvariants } from "./check-invariants";

export const CHANNEL = "room";
export const position = (offset: number) => ({ epoch: "e", offset });

/** Mia is subscribed from the start, and the system publishes `messages` messages, all acknowledged. */
export function invariantFixture({ messages = 4, kept = 2, right = "all" as Right, nodes = 1 } = {}) {
  const publishLog = new PublishLog();
  const eventLog = new EventLog();
  const outages = new Outages();
  for (let n = 0; n < messages; n += 1) {
    publishLog.publish(CHANNEL, "system");
    publishLog.replied(CHANNEL, "system", { position: position(n + 1) });
  }
  eventLog.onAttached({ channel: CHANNEL, position: position(0) });
  const receive = (n: number, offset = n + 1) => eventLog.onMessage(envelope(n, kept > 0 ? offset : undefined));
  const check = (others: readonly EventLog[] = []) =>
    checkInvariants({
      nodes,
      channels: [{ channel: CHANNEL, kept }],
      publishLog,
      outages,
      clients: [eventLog, ...others].map((each, index) => ({
        name: index === 0 ? "mia" : `other ${index}`,
        rights: new Map([[CHANNEL, right]]),
        entries: each.entries,
      })),
    }).map(({ invariant, account }) => `${invariant}: ${account.split(";")[0]}`);
  return { publishLog, eventLog, outages, receive, check };
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
