import { declaredValues } from "./action-input.js";
import type { ActionRunner } from "./action-runner.js";

const ITEM = "[data-live-drag]";
const ZONE = "[data-live-drop]";

/** Dragging an element with `data-live-drag` into one with `data-live-drop` runs its action with `{ key, before }`. */
export function dragAndDrop({ run }: ActionRunner, signal: AbortSignal): void {
  let key: string | undefined; // of what is dragged
  const on = (type: string, listen: (target: Element, event: DragEvent) => void) =>
    document.addEventListener(type, (event) => listen(event.target as Element, event as DragEvent), { signal });

  on("pointerdown", (target) => {
    const item = target.closest<HTMLElement>(ITEM);
    if (item) item.draggable = !target.closest("input,textarea,select,[contenteditable]"); // whose text a person selects
  });
  on("dragstart", (target, { dataTransfer }) => {
    key = (target as HTMLElement).dataset?.["liveDrag"]; // a selected text has no data
    if (key) dataTransfer?.setData("text/plain", key); // without any, Firefox drags nothing
  });
  on("dragover", (target, event) => {
    if (key && target.closest(ZONE)) event.preventDefault(); // it may be dropped here
  });
  on("drop", (target, event) => {
    const element = target.closest<HTMLElement>(ZONE);
    if (!element || !key) return;
    event.preventDefault();
    const input = { ...declaredValues(element), key, before: keyBefore(element, event.clientY, key) };
    key = undefined;
    run({ element, name: element.dataset["liveDrop"] ?? "", collect: () => ({ input, fields: [] }) });
  });
}

/** The key of the first element whose middle is below this height; null: at the end. */
function keyBefore(zone: Element, y: number, dragged: string): string | null {
  for (const item of zone.querySelectorAll<HTMLElement>(ITEM)) {
    const { top, height } = item.getBoundingClientRect();
    const { liveDrag = null } = item.dataset;
    if (liveDrag !== dragged && y < top + height / 2) return liveDrag;
  }
  return null;
}
