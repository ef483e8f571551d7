import { expect, it, onTestFinished, vi } from "vitest";
import { databaseOf, kept, outboxBrowser, STORE } from "./testing/outbox-browser.js";
import { outcome } from "./testing/scripted-client.js";

it("forgets what a disconnect has refused", async () => {
  const { openPage } = outboxBrowser();
  const first = await openPage();
  const published = first.emit("a");
  await kept(first);
  first.client.disconnect();
  expect(await outcome(published)).toEqual({ rejected: "TRANSPORT_LOST" });
  await kept(first);
  first.close();
  expect(await (await openPage()).restored()).toEqual([]);
});

it("refuses at a disconnect what waits for the database to open", async () => {
  const { openPage } = outboxBrowser();
  const page = await openPage();
  const published = page.emit("a");
  page.client.disconnect();
  await expect(published).rejects.toMatchObject({ code: "TRANSPORT_LOST" });
});

it.each([
  ["without IndexedDB", () => ({ indexedDB: {} as IDBFactory })],
  ["without Web Locks", () => ({ locks: {} as LockManager })],
])("works %s, reports why nothing is kept, and says so to the page", async (_, missing) => {
  const { openPage } = outboxBrowser();
  const page = await openPage(missing());
  const published = page.emit("a");
  await page.connect("mia", 1);
  page.transport.link.reply("message", 1);
  expect([await published, await page.restored(), page.outbox.isKept()]).toEqual([1, [], false]);
  expect(page.onError).toHaveBeenCalledTimes(1);
});

it("works where the database does not open and does not say so", async () => {
  const { openPage, clock } = outboxBrowser();
  const page = await openPage({ indexedDB: { open: () => ({}) } as unknown as IDBFactory });
  const published = page.emit("a");
  await clock.advanceAsync(3_000);
  await page.connect("mia", 1);
  page.transport.link.reply("message", 1);
  expect(await published).toBe(1);
  expect(page.onError).toHaveBeenCalledWith(expect.objectContaining({ message: "IndexedDB does not open." }));
});

it("sends what cannot be written, reports it, and says so to the page", async () => {
  const { openPage, indexedDB } = outboxBrowser();
  const page = await openPage();
  await kept(page);
  const store = (await databaseOf(indexedDB)).transaction(STORE).objectStore(STORE);
  const full = new DOMException("The quota is exceeded.", "QuotaExceededError");
  const put = vi.spyOn(Object.getPrototypeOf(store), "put").mockImplementation(() => {
    throw full;
  });
  onTestFinished(() => put.mockRestore());
  const published = page.emit("a");
  await page.connect("mia", 1);
  page.transport.link.reply("message", 1);
  expect(await published).toBe(1);
  expect([page.onError.mock.calls[0], page.outbox.isKept()]).toEqual([[full], false]);
});
