import { byToken } from "@repo/core-testing";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { createRealtimeClient } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { followChannel, OptimisticCollection, readEntity } from "@repo/realtime-client/optimistic";
import { rankBetween, taskRefusalOf, type Task, type TaskColumn } from "@repo/tasks";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import type { AppChannels } from "../live/app-channels";
import { bindAll, type BoundApp } from "./bind-all";
import { DEMO_PEOPLE } from "./demo-people";
import { inMemoryDeps } from "./in-memory-deps";

const authenticator = byToken(Object.fromEntries(DEMO_PEOPLE.map((person) => [person.userId, person])));
let app: BoundApp;
let server: InMemoryRealtimeServer;

beforeEach(async () => {
  const deps = inMemoryDeps({});
  const environment = { ...deps.environment, production: true }; // no sample cards
  const node = createRealtime({ authenticator, history: deps.history });
  const { registry, broadcaster: realtime, expel } = node;
  app = bindAll({ ...deps, environment, registry, realtime, expel });
  server = new InMemoryRealtimeServer();
  await node.serve(server);
});

/** A browser of somebody's, rendered from what the server had loaded. */
async function open(who: "mia" | "sam") {
  const { tasks, position } = await app.loadBoard();
  const client = createRealtimeClient<AppChannels>({ url: "/", transports: [memory(server)], auth: () => who });
  onTestFinished(() => client.disconnect());
  const channel = client.channel("entity:task", {}, position && { since: position });
  const board = new OptimisticCollection<Task>({ key: ({ id }) => id, version: ({ version }) => version });
  await board.load(async () => tasks);
  const gaps: string[] = [];
  onTestFinished(followChannel(channel, board, { read: (message) => readEntity(message) }));
  onTestFinished(channel.subscribe({ message: () => {}, gap: () => void gaps.push(who) }));
  return { board, channel, gaps };
}
type Browser = Awaited<ReturnType<typeof open>>;

function add({ board, channel }: Browser, id: string) {
  const row = {
    id,
    title: id,
    column: "todo",
    rank: "V",
    isStaff: false,
    createdBy: "mia",
    version: 0,
    updatedAt: 0,
  } as const;
  return board.create(row, async ({ mutationId }) => {
    await channel.publish("create", { id, title: id, column: "todo", rank: "V", mutationId });
    return undefined; // the echo brings the row
  });
}

function move({ board, channel }: Browser, id: string, column: TaskColumn) {
  const rank = rankBetween(null, null);
  const change = (task: Task): Task => ({ ...task, column, rank });
  return board.update(id, change, async ({ mutationId, baseVersion }) => {
    await channel.publish("move", { id, column, rank, mutationId, ...(baseVersion !== undefined && { baseVersion }) });
    return undefined;
  });
}

const remove = ({ board, channel }: Browser, id: string) =>
  board.delete(id, ({ mutationId }) => channel.publish("remove", { id, mutationId }));

it("keeps two browsers in step with the board, from the page that was rendered on", async () => {
  await app.tasks.create({ id: "old", title: "old", column: "done", rank: "V", isStaff: false, createdBy: "sam" });
  const [mia, sam] = [await open("mia"), await open("sam")];
  await add(mia, "new");
  await expect.poll(() => sam.board.get("new")?.title).toBe("new");
  await move(sam, "new", "doing");
  await remove(mia, "old");
  for (const { board } of [mia, sam]) await expect.poll(() => board.rows).toEqual(await app.tasks.list());
  expect(await app.tasks.list()).toMatchObject([{ id: "new", column: "doing", createdBy: "mia" }]);
  expect([...mia.gaps, ...sam.gaps]).toEqual([]);
});

it("misses nothing that was published between the page and the subscription", async () => {
  const [mia, sam] = [await open("mia"), await open("sam")];
  await add(mia, "one"); // sam's page is older, and has subscribed meanwhile or not
  const late = await open("sam");
  await add(mia, "two");
  for (const { board } of [mia, sam, late])
    await expect.poll(() => board.rows.map(({ id }) => id)).toEqual(["one", "two"]);
  expect(await app.tasks.list()).toEqual(late.board.rows);
});

it("takes a refused change back, with the reason", async () => {
  await app.tasks.create({ id: "s", title: "s", column: "todo", rank: "V", isStaff: true, createdBy: "sam" });
  const mia = await open("mia");
  const refused = remove(mia, "s");
  expect(mia.board.get("s")).toBeUndefined();
  const error = await refused.catch((cause: unknown) => cause);
  expect(taskRefusalOf(error)).toEqual({ code: "STAFF_CARD", sentence: "Only staff may delete a staff card." });
  expect(mia.board.rows).toEqual(await app.tasks.list());
});

it("refuses what was made upon an outdated card, and shows the other's change", async () => {
  const [mia, sam] = [await open("mia"), await open("sam")];
  await add(mia, "a");
  await expect.poll(() => sam.board.get("a")).toBeDefined();
  const both = await Promise.allSettled([move(mia, "a", "doing"), move(sam, "a", "done")]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const reasons = both.flatMap((outcome) =>
    outcome.status === "rejected" ? [taskRefusalOf(outcome.reason)?.code] : [],
  );
  expect(reasons).toEqual(["CONFLICT"]);
  for (const { board } of [mia, sam]) await expect.poll(() => board.rows).toEqual(await app.tasks.list());
});
