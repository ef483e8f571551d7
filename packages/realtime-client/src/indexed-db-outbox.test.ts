import { expect, it, vi } from "vitest";
import { BOARD, databaseOf, kept, outboxBrowser, STORE } from "./testing/outbox-browser.js";
import { outcome } from "./testing/scripted-client.js";
import { wireError } from "./testing/scripted-transport.js";

/** A page that finds the one message which the page before it has left behind. */
async function pageAfterOne(openPage: ReturnType<typeof outboxBrowser>["openPage"]) {
  const first = await openPage();
  void first.emit("a");
  await kept(first);
  first.close();
  return openPage();
}

it("gives what a page left behind to the next page, which sends it in order under the same ids", async () => {
  const { openPage } = outboxBrowser();
  const first = await openPage();
  for (const id of ["a", "b", "c"]) void first.emit(id);
  await kept(first);
  first.close();

  const second = await openPage();
  void second.emit("d"); // before the database has opened
  expect(await second.restored()).toEqual([{ id: "a" }, { id: "b" }, { id: "c" }]);
  await second.connect("mia", 4);
  expect(second.ids()).toEqual(["a", "b", "c", "d"]);
  const third = await openPage(); // while the second lives
  expect(await third.restored()).toEqual([]);
  second.close();
  const fourth = await openPage();
  await fourth.connect("mia", 4);
  expect(fourth.sent().map(({ id }) => id)).toEqual(second.sent().map(({ id }) => id));
});

it("resolves a restored message with its reply, and forgets it", async () => {
  const { openPage } = outboxBrowser();
  const second = await pageAfterOne(openPage);
  const [message] = await second.outbox.restored;
  expect(message).toMatchObject({ channel: BOARD, event: "move", payload: { id: "a" } });
  await second.connect("mia", 1);
  second.transport.link.reply("message", 7);
  expect(await message?.reply).toBe(7);
  await kept(second);
  second.close();
  expect(await (await openPage()).restored()).toEqual([]);
});

it("reports the refusal of a restored message, whose caller is gone", async () => {
  const { openPage } = outboxBrowser();
  const second = await pageAfterOne(openPage);
  const onClientError = vi.fn();
  second.client.on("error", onClientError);
  const [message] = await second.outbox.restored;
  await second.connect("mia", 1);
  second.transport.link.refuse("message", wireError("UNAUTHORIZED"));
  expect(await outcome(message?.reply ?? Promise.resolve())).toEqual({ rejected: "UNAUTHORIZED" });
  expect(onClientError).toHaveBeenCalledWith(expect.objectContaining({ code: "UNAUTHORIZED" }));
});

it("leaves one user's messages alone on another user's page", async () => {
  const { openPage } = outboxBrowser();
  const mia = await openPage();
  void mia.emit("a");
  await kept(mia);
  mia.close();
  const tom = await openPage({ identity: "tom" });
  expect(await tom.restored()).toEqual([]);
  void tom.emit("b");
  await tom.connect("tom", 1);
  expect(tom.ids()).toEqual(["b"]);
  expect(await (await openPage()).restored()).toEqual([{ id: "a" }]);
});

it("sends nothing over a connection of another user, and keeps nothing of that user's", async () => {
  const { openPage } = outboxBrowser();
  const page = await openPage();
  const published = page.emit("a");
  await kept(page);
  page.transport.link.welcome("tom");
  await expect(published).rejects.toMatchObject({ code: "TRANSPORT_LOST" });
  void page.emit("b");
  await vi.waitFor(() => expect(page.ids()).toEqual(["b"]));
  expect(page.outbox.isKept()).toBe(false);
  page.close();
  expect(await (await openPage()).restored()).toEqual([]);
});

it("keeps only what it is asked to keep", async () => {
  const { openPage } = outboxBrowser();
  const first = await openPage({ keep: () => false });
  void first.emit("a");
  await kept(first);
  first.close();
  expect(await (await openPage()).restored()).toEqual([]);
});

it("does not send again what may have been sent longer ago than the server remembers its id", async () => {
  const { openPage, clock } = outboxBrowser();
  const first = await openPage();
  void first.emit("waited");
  await kept(first);
  await first.connect("mia", 1); // sent, and written that it was
  first.close();
  clock.jump(111_000);
  const second = await openPage();
  const [message] = await second.outbox.restored;
  second.transport.link.welcome("mia");
  await expect(message?.reply).rejects.toMatchObject({ code: "TRANSPORT_LOST" });
  expect(second.sent()).toEqual([]);
});

it("sends nothing before it is written that it may have been sent", async () => {
  const { openPage, indexedDB } = outboxBrowser();
  const page = await openPage();
  void page.emit("a");
  await kept(page);
  const database = await databaseOf(indexedDB);
  const store = database.transaction(STORE, "readwrite").objectStore(STORE);
  let [spins, isBusy] = [0, true];
  const spin = (): unknown => (spins += 1) && isBusy && (store.get("none").onsuccess = spin); // whoever writes waits for it
  spin();
  page.transport.link.welcome("mia");
  await vi.waitFor(() => expect(spins).toBeGreaterThan(25));
  expect(page.sent()).toEqual([]);
  isBusy = false;
  await vi.waitFor(() => expect(page.ids()).toEqual(["a"]));
});

it("sends what was never sent however long it has waited, up to its maximal age", async () => {
  const { openPage, clock } = outboxBrowser();
  const first = await openPage();
  void first.emit("old");
  await kept(first);
  clock.jump(3_600_000);
  void first.emit("young");
  await kept(first);
  first.close();
  clock.jump(3_600_000);
  const second = await openPage({ maxAgeMs: 7_000_000 });
  const [old] = await second.outbox.restored;
  await second.connect("mia", 1);
  expect(second.ids()).toEqual(["young"]);
  await expect(old?.reply).rejects.toMatchObject({ code: "TRANSPORT_LOST" });
});

it("is given to one of several pages that open at once", async () => {
  const { openPage } = outboxBrowser();
  const first = await openPage();
  for (const id of ["a", "b"]) void first.emit(id);
  await kept(first);
  first.close();
  const pages = await Promise.all([openPage(), openPage(), openPage()]);
  const all = await Promise.all(pages.map(({ restored }) => restored()));
  expect(all.flat()).toEqual([{ id: "a" }, { id: "b" }]);
});

it("is bounded: the next page takes a hundred messages, and the one after it the others", async () => {
  const { openPage } = outboxBrowser();
  const pages = [await openPage(), await openPage()];
  for (const page of pages) for (let index = 0; index < 60; index += 1) void page.emit(`${index}`);
  for (const page of pages) await kept(page);
  for (const page of pages) page.close();
  expect((await (await openPage()).restored()).length).toBe(100);
  expect((await (await openPage()).restored()).length).toBe(20);
});
