import { expect, type Locator, type Page } from "@playwright/test";

export type ColumnTitle = "To do" | "Doing" | "Done";

/** The board as a person uses it: a page of its own, or one side of the first page. */
export class BoardPage {
  readonly page: Page;
  readonly #root: Page | Locator;
  readonly #owner: string | undefined;

  private constructor(page: Page, root: Page | Locator, owner?: string) {
    this.page = page;
    this.#root = root;
    this.#owner = owner;
  }

  /** Goes to the board, and waits until it is live. */
  static async open(page: Page): Promise<BoardPage> {
    const board = new BoardPage(page, page);
    await page.goto("/board");
    await board.expectState("live");
    return board;
  }

  /** The side of a person on the first page, which is open, once it is live. */
  static async side(page: Page, name: "Mia" | "Sam"): Promise<BoardPage> {
    const side = new BoardPage(page, page.getByRole("region", { name: `${name}’s side` }), name);
    await side.expectState("live");
    return side;
  }

  /** Something of this board, and of no other on the page. */
  getByTestId(id: string): Locator {
    return this.#root.getByTestId(id);
  }

  async expectState(state: "live" | "away" | "unplugged"): Promise<void> {
    await expect(this.getByTestId("status-line")).toHaveAttribute("data-state", state, { timeout: 60_000 });
  }

  column(title: ColumnTitle): Locator {
    const name = this.#owner === undefined ? title : `${title}, ${this.#owner}`;
    return this.#root.getByRole("region", { name, exact: true });
  }

  card(title: string): Locator {
    return this.#root.locator("[data-card]").filter({ has: this.page.getByText(title, { exact: true }) });
  }

  async add(title: string, column: ColumnTitle = "To do", isStaff = false): Promise<void> {
    const place = this.column(column);
    await place.getByRole("button", { name: "Add a card" }).click();
    await place.getByLabel(`New card in ${column}`).fill(title);
    if (isStaff) await place.getByLabel("For staff only").check();
    await place.getByRole("button", { name: "Add", exact: true }).click();
    await place.getByRole("button", { name: "Close", exact: true }).click();
    await expect(place.getByRole("button", { name: "Add a card" })).toBeFocused(); // it takes the focus a frame later
  }

  async rename(title: string, next: string): Promise<void> {
    await this.card(title).focus();
    await this.page.keyboard.press("Enter");
    const field = this.#root.getByLabel("Title", { exact: true });
    await field.fill(next);
    await field.press("Enter");
  }

  async remove(title: string): Promise<void> {
    await this.card(title).focus();
    await this.page.keyboard.press("Delete");
  }

  /** Takes a card with the mouse and drops it into a column. */
  async drag(title: string, column: ColumnTitle): Promise<void> {
    const { mouse } = this.page;
    await this.card(title).hover();
    await mouse.down();
    const box = await this.column(column).boundingBox();
    if (!box) throw new Error(`${column} is not on the page.`);
    await mouse.move(box.x + box.width / 2, box.y + 90, { steps: 12 });
    await mouse.up();
  }

  /** Pulls the plug, or puts it back. */
  async plug(): Promise<void> {
    await this.getByTestId("plug").click();
  }

  /** Has each of these cards once, and nothing waits. */
  async expectOnce(titles: readonly string[]): Promise<void> {
    for (const title of titles) await expect(this.card(title)).toHaveCount(1);
    await expect(this.getByTestId("waiting")).toHaveText("0");
  }
}
