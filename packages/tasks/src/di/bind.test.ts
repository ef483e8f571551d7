import { noopLogger, noopTracer } from "@repo/core-observability";
import { RecordingLogger, RecordingTracer } from "@repo/core-observability/testing";
import { createRealtimeHarness, RecordingEventBus, type RealtimeHarness } from "@repo/core-testing";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import {
  bindDevSeedTasks,
  bindProductionTasks,
  boardCursorsChannel,
  boardPresence,
  InMemoryTaskRepository,
  taskChannel,
  tasksChannels,
  taskListChannel,
  taskRefusalOf,
  type BindContext,
} from "../index.js";
import { card } from "../testing/board-under-test.js";

const modes = [
  ["production", bindProductionTasks],
  ["development", bindDevSeedTasks],
] as const;
const users = { mia: { userId: "mia", roles: ["member"] }, sam: { userId: "sam", roles: ["member", "staff"] } };

let harness: RealtimeHarness<"mia" | "sam">;
let context: BindContext;
let tracer: RecordingTracer;
let logger: RecordingLogger;

beforeEach(async () => {
  harness = await createRealtimeHarness({ users });
  onTestFinished(() => harness.close());
  const { registry, broadcaster: realtime } = harness.realtime;
  tracer = new RecordingTracer();
  logger = new RecordingLogger();
  context = { registry, realtime, bus: new RecordingEventBus(), tracer, logger, tasks: new InMemoryTaskRepository() };
});

it.each(modes)("registers every channel of its own for %s, and takes it all back", (_where, bind) => {
  const undo = bind({ ...context, tracer: noopTracer });
  const own = tasksChannels.filter((channel) => channel !== boardPresence); // createPresence registers that one
  expect(new Set(context.registry.listChannels())).toEqual(new Set(own));
  undo();
  expect(context.registry.listChannels()).toEqual([]);
});

it.each(modes)("leaves nothing bound for %s where one channel cannot be", async (_where, bind) => {
  context.registry.registerChannel(boardCursorsChannel);
  expect(() => bind(context)).toThrow(/"tasks.cursors" is already registered/);
  expect(context.registry.listChannels()).toEqual([boardCursorsChannel]);
});

it("publishes a change with its author and mutation id, and replies with the card", async () => {
  bindProductionTasks(context);
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  await mia.subscribe(taskListChannel);
  await sam.subscribe(taskListChannel);
  await sam.subscribe(taskChannel.at({ id: "a" }));
  const wish = { id: "a", title: "  paint  ", column: "todo", rank: "V", mutationId: "m-1" } as const;
  const reply = await mia.send(taskListChannel, "create", wish);
  const record = { ...card("a"), title: "paint", version: 1, updatedAt: expect.any(Number) };
  expect(reply).toEqual(record);
  const echo = { event: "entity:created", payload: { id: "a", record, version: 1, mutationId: "m-1" } };
  expect(await sam.nextMessage(taskListChannel)).toMatchObject({ ...echo, sender: { type: "user", id: "mia" } });
  expect(await sam.nextMessage(taskChannel.at({ id: "a" }))).toMatchObject(echo);
  await mia.send(taskListChannel, "rename", { id: "a", title: "sand", mutationId: "m-2", baseVersion: 1 });
  await mia.send(taskListChannel, "move", { id: "a", column: "done", rank: "V", mutationId: "m-3" });
  expect(await mia.send(taskListChannel, "remove", { id: "a", mutationId: "m-4" })).toEqual({ id: "a", version: 4 });
  await sam.roundTrip();
  expect(sam.received(taskListChannel).map(({ event }) => event)).toEqual([
    "entity:created",
    "entity:updated",
    "entity:updated",
    "entity:deleted",
  ]);
  expect(tracer.spans[0]).toMatchObject({ op: "realtime-handler", name: "tasks.on-task-list", failures: [] });
});

it("refuses with a code and a reason that a page can show, which is no error for the log or the trace", async () => {
  await context.tasks.create(card("s", { isStaff: true }));
  bindProductionTasks(context);
  const mia = await harness.client("mia");
  await mia.subscribe(taskListChannel);
  const refused = await mia.send(taskListChannel, "remove", { id: "s", mutationId: "m" }).catch((error) => error);
  expect(refused).toMatchObject({ code: "REFUSED" });
  expect(taskRefusalOf(refused)).toEqual({ code: "STAFF_CARD", sentence: "Only staff may delete a staff card." });
  expect(logger.entries).toEqual([]);
  expect(tracer.spans).toMatchObject([{ failures: [], ends: 1 }]);
});

it("logs failures, and sends the client their code alone", async () => {
  const cause = new Error("disk full: /var/secret");
  const tasks = Object.assign(new InMemoryTaskRepository(), { transaction: () => Promise.reject(cause) });
  bindProductionTasks({ ...context, tasks });
  const mia = await harness.client("mia");
  await mia.subscribe(taskListChannel);
  const refused = await mia.send(taskListChannel, "remove", { id: "s", mutationId: "m" }).catch((error) => error);
  expect(refused).toMatchObject({ code: "HANDLER_FAILED", message: expect.not.stringContaining("secret") });
  expect(logger.entries).toMatchObject([{ level: "error", fields: { err: cause } }]);
  expect(tracer.spans).toMatchObject([{ failures: [cause] }]);
});

it.each([
  ["a title of blanks", "rename", { id: "a", title: "   ", mutationId: "m" }],
  ["a title too long", "rename", { id: "a", title: "x".repeat(121), mutationId: "m" }],
  ["a title with U+0000", "rename", { id: "a", title: "a\0b", mutationId: "m" }],
  ["a title of two lines", "rename", { id: "a", title: "a\nb", mutationId: "m" }],
  ["a title with DEL", "rename", { id: "a", title: "a\x7fb", mutationId: "m" }],
  ["a title with a C1 control", "rename", { id: "a", title: "a\x9bb", mutationId: "m" }],
  ["a title with half a character", "rename", { id: "a", title: "a\ud800b", mutationId: "m" }],
  ["a mutation id with U+0000", "remove", { id: "a", mutationId: "m\0" }],
  ["a mutation id with half a character", "remove", { id: "a", mutationId: "\ud800" }],
  ["a mutation id that is no word", "remove", { id: "a", mutationId: "ä b" }],
  ["a column that is none", "move", { id: "a", column: "later", rank: "V", mutationId: "m" }],
  ["a rank that is none", "move", { id: "a", column: "todo", rank: "V0", mutationId: "m" }],
  ["a rank too long", "move", { id: "a", column: "todo", rank: "z".repeat(65), mutationId: "m" }],
  ["a field too many", "remove", { id: "a", mutationId: "m", by: "sam" }],
  ["no mutation id", "remove", { id: "a" }],
])("refuses %s at the border", async (_what, event, payload) => {
  bindProductionTasks(context);
  const mia = await harness.client("mia");
  await mia.subscribe(taskListChannel);
  const untyped = JSON.parse(JSON.stringify([event, payload]));
  await expect(mia.send(taskListChannel, ...(untyped as ["remove", never]))).rejects.toMatchObject({
    code: "PAYLOAD_INVALID",
  });
});

it("shows where each hand points, and whose it is", async () => {
  bindProductionTasks(context);
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  for (const client of [mia, sam]) await client.subscribe(boardCursorsChannel);
  await mia.send(boardCursorsChannel, { x: 0.25, y: 0.5, over: "a" });
  const { connectionId } = mia.connected;
  const place = { x: 0.25, y: 0.5, over: "a", connectionId, userId: "mia" };
  expect(await sam.nextMessage(boardCursorsChannel)).toMatchObject({ payload: place, sender: { id: "mia" } });
  const forged = JSON.parse(`{ "x": 0, "y": 0, "userId": "sam" }`);
  await expect(mia.send(boardCursorsChannel, forged)).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  const { overflow } = boardCursorsChannel;
  expect(overflow.kind === "conflate" && overflow.keyOf(place)).toBe(connectionId);
});

it("lets no visitor see the board", async () => {
  bindProductionTasks(context);
  const nobody = await harness.client();
  for (const to of [taskListChannel, boardCursorsChannel])
    await expect(nobody.subscribe<typeof to>(to)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it("fills an empty board in development, and never in production", async () => {
  bindProductionTasks(context)();
  expect(await context.tasks.list()).toEqual([]);
  bindDevSeedTasks(context);
  expect(await context.tasks.list()).toHaveLength(8); // waits its turn behind the seed's transaction
});

it("logs where the board could not be filled", async () => {
  const cause = new Error("read only");
  const tasks = Object.assign(new InMemoryTaskRepository(), { transaction: () => Promise.reject(cause) });
  const logged = new Promise((resolve) => {
    bindDevSeedTasks({ ...context, tasks, logger: { ...noopLogger, error: resolve } });
  });
  await expect(logged).resolves.toEqual({ err: cause });
});
