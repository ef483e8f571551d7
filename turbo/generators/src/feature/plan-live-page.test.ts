import { expect, it } from "vitest";
import { Refusal } from "../refusal.js";
import { applied, channel, fileOf, generated, ORDERS, planOn } from "../testing/generated.js";
import { livePageNames } from "./live-page-names.js";

const livePage = (page: string, feature = "orders") => ({ generator: "live", feature, page }) as const;
const PAGE = "packages/orders/src/order-board.page.ts";
const TEST = "packages/orders/src/order-board.page.test.ts";
const BARREL = "packages/orders/src/index.ts";

it("writes a page with state, an action whose input is checked, a form and a keyed list, and its test", async () => {
  const files = await generated([ORDERS, livePage("order-board")]);
  const page = fileOf(files, PAGE);
  expect(page).toContain(`export const orderBoardPage = live("/orders/order-board", {`);
  for (const part of ["state: z.object", "input: z.object", `method="post" data-live-submit="add"`, "each("])
    expect(page).toContain(part);
  expect(fileOf(files, TEST)).toContain("mountLive(orderBoardPage)");
});

it("exports the page beside the feature's channels, and gives the feature what it imports", async () => {
  const files = await generated([ORDERS, channel("status"), livePage("order-board")]);
  expect(fileOf(files, BARREL)).toContain(`export { orderBoardPage } from "./order-board.page";\n// <gen:`);
  expect(fileOf(files, BARREL)).toContain("ordersChannels = [statusChannel] as const");
  expect(JSON.parse(fileOf(files, "packages/orders/package.json"))).toMatchObject({
    dependencies: { "@repo/live-ui": "workspace:*", zod: "catalog:" },
    devDependencies: { vitest: "catalog:" },
  });
});

it("names the module as a barrel with file extensions does", async () => {
  const files = await generated([ORDERS]);
  const barrel = fileOf(files, BARREL).replace(`"./di/bind-context"`, `"./di/bind-context.js"`);
  const withImport = `import "./setup.js";\n${barrel}`;
  const after = applied(files, await planOn({ ...files, [BARREL]: withImport }, livePage("order-board")));
  expect(fileOf(after, BARREL)).toContain(`from "./order-board.page.js"`);
});

it("plans nothing the second time, and leaves files that are there to their authors", async () => {
  const files = await generated([ORDERS, livePage("order-board")]);
  expect(await planOn(files, livePage("order-board"))).toEqual([]);
  const mine = { ...files, [PAGE]: "export function orderBoardPage() {}", [TEST]: "// mine" };
  expect(await planOn(mine, livePage("order-board"))).toEqual([]);
});

it("refuses a file that is there and exports no page of that name", async () => {
  const files = { ...(await generated([ORDERS])), [PAGE]: "export const other = 1;" };
  await expect(planOn(files, livePage("order-board"))).rejects.toThrow(
    `${PAGE} is there already and does not export orderBoardPage: export its page by that name, or choose another.`,
  );
});

it("refuses a feature that is not there, and says how it is made", async () => {
  const files = await generated([ORDERS]);
  await expect(planOn(files, livePage("board", "shop"))).rejects.toThrow(`No feature "shop" (there are: orders)`);
});

it.each(["", "Board", "order board", "order_board", "../board", "1st", "board-", "class", "p".repeat(41)])(
  "refuses the page %j",
  (page) => {
    expect(() => livePageNames({ feature: "orders" }, page)).toThrow(Refusal);
  },
);
