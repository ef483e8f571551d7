import { noopLogger, noopTracer } from "@repo/core-observability";
import { RecordingTracer } from "@repo/core-observability/testing";
import { createRealtimeHarness, RecordingEventBus, type RealtimeHarness } from "@repo/core-testing";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import {
  bindDevSeedNotifications,
  bindProductionNotifications,
  notificationsChannels,
  staffNotificationsChannel,
  userNotificationsChannel,
  type BindContext,
} from "../index";

const modes = [
  ["production", bindProductionNotifications],
  ["development", bindDevSeedNotifications],
] as const;
const users = { ada: { userId: "ada", roles: ["member"] }, sue: { userId: "sue", roles: ["staff"] } };
const inbox = userNotificationsChannel.at({ userId: "ada" });

let harness: RealtimeHarness<"ada" | "sue">;
let context: BindContext;
let tracer: RecordingTracer;

beforeEach(async () => {
  harness = await createRealtimeHarness({ users });
  onTestFinished(() => harness.close());
  const { registry, broadcaster: realtime } = harness.realtime;
  tracer = new RecordingTracer();
  context = { registry, realtime, bus: new RecordingEventBus(), tracer, logger: noopLogger };
});

const own = notificationsChannels.filter(({ name }) => !name.startsWith("presence:")); // createPresence registers those

it.each(modes)("registers every channel of the feature for %s, and takes it all back", (_where, bind) => {
  const undo = bind({ ...context, tracer: noopTracer });
  expect(new Set(context.registry.listChannels())).toEqual(new Set(own));
  undo();
  expect(context.registry.listChannels()).toEqual([]);
});

it.each(modes)("keeps a user's tabs in step in %s: read in one is read in all", async (_where, bind) => {
  bind(context);
  const [tab, otherTab] = [await harness.client("ada"), await harness.client("ada")];
  await tab.subscribe(inbox);
  await otherTab.subscribe(inbox);
  await tab.send(inbox, "read", { id: "n-1" });
  await expect(otherTab.nextMessage(inbox)).resolves.toMatchObject({ event: "read", payload: { id: "n-1" } });
  expect(tracer.spans).toMatchObject([{ op: "realtime-handler", name: "notifications.on-user-notifications" }]);
});

it.each(modes)("refuses other people's inboxes and the staff channel in %s", async (_where, bind) => {
  bind(context);
  const [ada, sue] = [await harness.client("ada"), await harness.client("sue")];
  await expect(sue.subscribe(inbox)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(ada.subscribe(staffNotificationsChannel)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(sue.subscribe(staffNotificationsChannel)).resolves.toMatchObject({ channel: "notifications.staff" });
});

it("keeps what arrived while there was no listener", async () => {
  bindProductionNotifications(context);
  await context.realtime.broadcast(inbox, "arrived", { id: "1", from: "sue", text: "hello" });
  const ada = await harness.client("ada");
  const { messages } = await ada.subscribe(inbox, { rewind: 50 });
  expect(messages?.map(({ payload }) => payload)).toEqual([{ id: "1", from: "sue", text: "hello" }]);
});

it("greets a newcomer in development, and never in production", async () => {
  const undo = bindProductionNotifications(context);
  const ada = await harness.client("ada");
  expect((await ada.subscribe(inbox)).opening).toBeUndefined();
  await ada.unsubscribe(inbox);
  undo();
  bindDevSeedNotifications(context);
  expect((await ada.subscribe(inbox)).opening).toHaveLength(1);
});
