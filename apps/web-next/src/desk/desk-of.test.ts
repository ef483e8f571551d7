import { expect, it } from "vitest";
import { DEMO_PEOPLE, demoPerson } from "../server/demo-people";
import { deskOf } from "./desk-of";

const joined = (userId: string | undefined) =>
  deskOf(userId === undefined ? undefined : demoPerson(userId), DEMO_PEOPLE)
    .channels.filter(({ joinAtOnce }) => joinAtOnce)
    .map(({ name }) => name);

it("joins only what gate 2 will allow", () => {
  expect(joined(undefined)).toEqual(["realtime-ping"]);
  expect(joined("mia")).toEqual(["realtime-ping", "notifications.user.mia"]);
  expect(joined("sam")).toEqual(["realtime-ping", "notifications.user.sam", "notifications.staff"]);
});

it("lists other people's channels too, so that a refusal can be seen", () => {
  const { channels, inboxChannel } = deskOf(demoPerson("mia"), DEMO_PEOPLE);
  expect(channels.map(({ name, scope }) => `${name} for ${scope}`)).toEqual([
    "realtime-ping for everyone",
    "notifications.user.mia for you alone",
    "notifications.user.sam for Sam alone",
    "notifications.staff for staff",
  ]);
  expect(inboxChannel).toBe("notifications.user.mia");
});

it("gives a visitor no inbox", () => {
  expect(deskOf(undefined, DEMO_PEOPLE).inboxChannel).toBeUndefined();
});
