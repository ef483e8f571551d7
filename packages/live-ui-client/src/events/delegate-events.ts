import { isField } from "../patch/field-merge.js";
import { declaredValues, fieldValue, formInput, type ActionInput } from "./action-input.js";
import type { ActionRunner } from "./action-runner.js";

const TYPES = ["click", "input", "change", "submit", "keydown", "blur", "focus"];
const BIND_DEBOUNCE_MS = 150;

/** Listens on the document, so that elements that arrive later work too. */
export function delegateEvents({ run, flush }: ActionRunner, signal: AbortSignal): void {
  function on(event: Event, type = event.type): void {
    const { target } = event;
    if (!(target instanceof Element) || event.defaultPrevented || (event as InputEvent).isComposing) return;
    const element = target.closest<HTMLElement>(`[data-live-${type}]`);
    if (element) trigger(event, type, element);
    const bound = target.closest<HTMLElement>("[data-live-bind]");
    if (bound && bindEvent(bound) === type) bind(bound, type);
    if (type === "blur") flush(target);
  }

  function trigger(event: Event, type: string, element: HTMLElement): void {
    const { liveConfirm } = element.dataset;
    const keys = type === "keydown" ? element.dataset["liveKey"]?.split(" ") : undefined;
    const { submitter, key } = event as SubmitEvent & KeyboardEvent;
    const button = submitter as HTMLButtonElement | null | undefined; // or an input, which has the same
    if (keys && !keys.includes(key)) return;
    if (type === "click" && isForBrowser(event as MouseEvent, element)) return;
    const collect = (): ActionInput | undefined =>
      element instanceof HTMLFormElement ? formInput(element, submitter) : fieldInput(element, event.target as Element);
    if (type === "submit" && !collect()) return; // a file: the browser sends it
    if (type === "submit" || keys || element.matches("a,[type=submit],button:not([type])")) event.preventDefault();
    if (liveConfirm && !confirm(liveConfirm)) return;
    const name = button?.name === "live-action" ? button.value : element.getAttribute(`data-live-${type}`);
    run({ element, name: name ?? "", collect });
  }

  function bind(element: HTMLElement, type: string): void {
    const value = () =>
      element.matches("[type=checkbox]") ? (element as HTMLInputElement).checked : fieldValue(element);
    const collect = () => ({ input: { field: element.dataset["liveBind"], value: value() }, fields: [element] });
    run({ element, name: "$bind", debounceMs: type === "input" ? BIND_DEBOUNCE_MS : 0, collect });
  }

  for (const type of TYPES)
    document.addEventListener(type, (event) => on(event), { signal, capture: /blur|focus/.test(type) });
  document.addEventListener("compositionend", (event) => on(event, "input"), { signal });
}

function fieldInput(element: HTMLElement, target: Element): ActionInput {
  const field = isField(element) ? element : target;
  const input = declaredValues(element);
  if (!isField(field)) return { input, fields: [] };
  return { input: field.name ? { ...input, [field.name]: fieldValue(field) } : input, fields: [field] };
}

/** Whether a click opens a link elsewhere. */
function isForBrowser(event: MouseEvent, element: Element): boolean {
  return element.localName === "a" && (event.ctrlKey || event.metaKey || event.shiftKey);
}

function bindEvent(element: HTMLElement): string {
  const isChosen = element.matches("select,[type=checkbox],[type=radio]");
  return element.dataset["liveBindOn"] ?? (isChosen ? "change" : "input");
}
