import { expect, it } from "vitest";
import { ConformingPresence } from "./conforming-presence";
import { PresenceLog } from "./presence-log";

const member = (connectionId: string) => ({ connectionId, userId: connectionId, joinedAt: 0 });
const envelope = { id: "", channel: "presence:room", at: 0, sender: { type: "system" } } as const;

it("takes a list that is sent anew as the whole list", () => {
  const eventLog = new PresenceLog();
  const presence = new ConformingPresence(eventLog, () => undefined);
  presence.onAttached({ channel: "presence:room", opening: { members: [member("mia"), member("sam")] } });
  presence.onMessage({ ...envelope, event: "presence:sync", payload: { members: [member("sam"), member("tom")] } });
  expect(eventLog.list.map(({ userId }) => userId)).toEqual(["sam", "tom"]);
});
