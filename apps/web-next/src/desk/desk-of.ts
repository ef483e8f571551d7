import { staffNotificationsChannel, userNotificationsChannel } from "@repo/notifications";
import { realtimePingChannel } from "@repo/ping";
import type { DemoPerson } from "../server/demo-people";
import type { ChannelRow, Desk } from "./desk-model";

/** What this viewer's desk holds: their own channels, joined at once, and other people's, there to be refused. */
export function deskOf(viewer: DemoPerson | undefined, people: readonly DemoPerson[]): Desk {
  const isStaff = viewer?.roles.includes("staff") ?? false;
  const ping: ChannelRow = { name: realtimePingChannel.name, scope: "everyone", joinAtOnce: true };
  const staff: ChannelRow = { name: staffNotificationsChannel.name, scope: "staff", joinAtOnce: isStaff };
  const inboxes = people.map(({ userId, name }): ChannelRow => {
    const isOwn = userId === viewer?.userId;
    return { name: inboxOf(userId), scope: isOwn ? "you alone" : `${name} alone`, joinAtOnce: isOwn };
  });
  return {
    viewer: viewer && { userId: viewer.userId, name: viewer.name, roles: viewer.roles },
    people: people.map(({ userId, name }) => ({ userId, name })),
    channels: [ping, ...inboxes.sort(ownFirst), staff],
    pingChannel: ping.name,
    staffChannel: staff.name,
    inboxChannel: viewer && inboxOf(viewer.userId),
  };
}

function inboxOf(userId: string): string {
  return userNotificationsChannel.at({ userId }).name;
}

function ownFirst(a: ChannelRow, b: ChannelRow): number {
  return Number(b.joinAtOnce) - Number(a.joinAtOnce);
}
