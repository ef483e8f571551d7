import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { Ledger } from "../data/ledger.js";
import { TriageBoard, type Column } from "../data/triage-board.js";
import { boardPage } from "./board.page.js";

async function mount() {
  const ledger = new Ledger();
  const board = new TriageBoard(ledger);
  const ids = (column: Column) => board.in(column).map(({ id }) => id);
  return { ledger, board, ids, page: await mountLive(boardPage(board)) };
}

it("moves a card to the place where it was dropped", async () => {
  const { ids, page } = await mount();
  await page.act("drop", { key: "c2", before: "c6", column: "accepted" });
  expect(ids("accepted")).toEqual(["c5", "c2", "c6"]);
  await page.act("drop", { key: "c2", before: null, column: "new" });
  expect(ids("new")).toEqual(["c1", "c3", "c4", "c2"]);
  await page.act("drop", { key: "c2", before: "c2", column: "new" });
  expect(ids("new")).toEqual(["c1", "c3", "c4", "c2"]);
});

it("moves a card by one place, and no further than the edge", async () => {
  const { ids, page } = await mount();
  await page.act("down", { card: "c1" });
  expect(ids("new")).toEqual(["c2", "c1", "c3", "c4"]);
  expect(page.operations()).toHaveLength(1);
  await page.act("up", { card: "c2" });
  await page.act("down", { card: "c4" });
  expect(ids("new")).toEqual(["c2", "c1", "c3", "c4"]);
  await page.act("down", { card: "c3" });
  expect(ids("new")).toEqual(["c2", "c1", "c4", "c3"]);
  await page.act("left", { card: "c2" });
  expect(ids("new")).toContain("c2");
  await page.act("right", { card: "c2" });
  expect(ids("accepted")).toEqual(["c5", "c6", "c2"]);
});

it("keeps a title that is being typed while others sort, and saves it", async () => {
  const { board, ledger, page } = await mount();
  await page.act("edit", { card: "c1" });
  await page.act("$bind", { field: "draft", value: "Half a ti" });
  board.move("c1", "declined", null);
  page.refresh();
  await page.settled();
  expect(page.html()).toContain('value="Half a ti"');
  await page.act("rename", { card: "c1", title: " A whole title " });
  expect(board.find("c1")?.title).toBe("A whole title");
  expect(ledger.entries.map(({ kind }) => kind)).toEqual(["triage", "triage"]);
});

it("refuses an empty title, and continues editing", async () => {
  const { board, page } = await mount();
  await page.act("edit", { card: "c1" });
  await page.act("rename", { card: "c1", title: "  " });
  expect(page.html()).toContain("A card needs a title.");
  expect(board.find("c1")?.title).toBe("Export as CSV leaves out the header");
});

it("leaves the board alone for a card or a column that there is not", async () => {
  const { board, page } = await mount();
  const before = board.in("new");
  await page.act("right", { card: "c99" });
  await expect(page.act("drop", { key: "c1", column: "elsewhere" })).rejects.toThrow();
  expect(board.in("new")).toEqual(before);
});
