import { expect, it } from "vitest";
import { LawfulPresence } from "./lawful-presence";
import { PresenceDiary } from "./presence-diary";

const member = (connectionId: string) => ({ connectionId, userId: connectionId, joinedAt: 0 });
const envelope = { id: "", channel: "presence:room", at: 0, sender: { type: "system" } } as const;

it("takes a list that is sent anew as the whole picture", () => {
  const diary = new PresenceDiary();
  const presence = new LawfulPresence(diary, () => undefined);
  presence.onAttached({ channel: "presence:room", opening: { members: [member("mia"), member("sam")] } });
  presence.onMessage({ ...envelope, event: "presence:sync", payload: { members: [member("sam"), member("tom")] } });
  expect(diary.picture.map(({ userId }) => userId)).toEqual(["sam", "tom"]);
});
