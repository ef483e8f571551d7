import type { FuzzMove } from "../fuzz-plan.js";
import { stepOf, until } from "./fuzz-driver.js";

/** Presses the page's button for a move, as a visitor does; resolves when the new state begins to be shown. */
export async function clickAndWait(move: FuzzMove, root: HTMLElement): Promise<void> {
  const step = stepOf(root);
  await until(() => isTaken(root, move));
  await until(() => stepOf(root) !== step);
}

/** Whether htmx sends the request: of a button that it has just inserted, it does so some time later. */
function isTaken(root: HTMLElement, move: FuzzMove): boolean {
  const button = root.querySelector<HTMLElement>(`#${move}`);
  if (!button) throw new Error(`The page has no button for "${move}".`);
  let isSent = false;
  const note = () => (isSent = true);
  const events = ["htmx:beforeRequest", "htmx:config:request"]; // of htmx 2 and 4, while the click is dispatched
  for (const event of events) document.addEventListener(event, note);
  button.click();
  for (const event of events) document.removeEventListener(event, note);
  return isSent;
}
