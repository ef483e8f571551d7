import type { Page } from "@playwright/test";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

const MOVES = 40;

test("another's cursor moves by its transform alone: nothing else of the board changes, and React renders nothing", async ({
  visit,
}) => {
  const reader = await visit("mia");
  await reader.addInitScript(countCommits);
  const mia = await BoardPage.open(reader);
  const sam = await BoardPage.open(await visit("sam"));
  const pointer = mia.page.locator("[data-pointer=Sam]");
  const place = await sam.column("Done").boundingBox();
  if (!place) throw new Error("The column is not on the page.");
  const [x, y] = [place.x + place.width / 2, place.y + place.height - 4]; // where no card is: a look at one is a change of the board
  await sam.page.mouse.move(x, y);
  await expect(pointer).toHaveAttribute("data-shown", "");
  const before = await pointer.evaluate(({ style }) => style.transform);

  await noteChanges(mia.page);
  for (let move = 0; move < MOVES; move += 1) await sam.page.mouse.move(x - move, y, { steps: 2 });
  await expect(pointer).not.toHaveCSS("transform", before);
  const { commits, ...changes } = await changesOf(mia.page);
  expect(changes).toEqual({ elsewhere: [], styles: ["--hue", "transform"], hasMoved: true });
  expect(commits).toBeLessThan(MOVES / 4); // a heartbeat may change the latency meanwhile
});

interface Changes {
  /** What changed that is no pointer's style. */
  readonly elsewhere: readonly string[];
  /** The properties that the pointers' styles have. */
  readonly styles: readonly string[];
  readonly hasMoved: boolean;
  readonly commits: number;
}

// what these scripts keep in the page's window, whose type does not have it: hence the assertions through `unknown`

/** Counts the renders that React has brought into the document, as its developer tools would. */
function countCommits(): void {
  Object.assign(window, {
    commits: 0,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: () => ((window as unknown as { commits: number }).commits += 1),
    },
  });
}

async function noteChanges(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted = window as unknown as { commits: number; changes: MutationRecord[] };
    noted.commits = 0;
    noted.changes = [];
    const board = document.querySelector("[data-board]");
    const observer = new MutationObserver((changes) => noted.changes.push(...changes));
    if (board) observer.observe(board, { attributes: true, childList: true, characterData: true, subtree: true });
  });
}

async function changesOf(page: Page): Promise<Changes> {
  return page.evaluate(() => {
    const { commits, changes } = window as unknown as { commits: number; changes: MutationRecord[] };
    const isPointer = ({ target, attributeName }: MutationRecord) =>
      target instanceof HTMLElement && target.dataset["pointer"] !== undefined && attributeName === "style";
    const pointers = changes.filter(isPointer).flatMap(({ target }) => [...(target as HTMLElement).style]);
    return {
      elsewhere: changes.filter((change) => !isPointer(change)).map(({ type, target }) => `${type} ${target.nodeName}`),
      styles: [...new Set(pointers)].sort(),
      hasMoved: changes.some(isPointer),
      commits,
    };
  });
}
