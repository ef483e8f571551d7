import { setAttribute } from "../patch/merge-attributes.js";
import { escapeHtml } from "../patch/print-content.js";

type Undo = () => void;

/** An action whose element shows that it waits. */
export interface ShownAction {
  readonly element?: Element | undefined;
  readonly input?: unknown;
  /** Operations that show the expected result, from `data-live-optimistic`. */
  readonly optimistic: readonly (readonly unknown[])[];
}

/** Shows that an action waits, and its expected result; returns the undo. */
export function showEffects({ element, input, optimistic }: ShownAction): Undo {
  const owner = element?.isConnected ? element : document.getElementById(element?.id ?? "");
  if (!owner) return () => undefined;
  const undos = optimistic.map((operation) => showOperation(operation, owner, input));
  for (const name of (owner.getAttribute("data-live-loading") || "live-loading").split(" "))
    undos.push(showClass(owner, name, true));
  for (const button of disabledBy(owner)) undos.push(disable(button));
  return () => undos.reverse().forEach((undo) => undo());
}

/** What an action disables while it waits: the elements with `data-live-disable`, of a form its buttons. */
export function disabledBy(owner: Element): readonly HTMLButtonElement[] {
  const marked = owner.matches("form[data-live-disable]") ? "[type=submit],button:not([type])" : "[data-live-disable]";
  const within = [...owner.querySelectorAll<HTMLButtonElement>(marked)];
  return owner.matches("button[data-live-disable],input[data-live-disable]")
    ? [owner as HTMLButtonElement, ...within]
    : within;
}

function disable(button: HTMLButtonElement): Undo {
  if (button.disabled) return () => undefined;
  const hasFocus = button === document.activeElement;
  button.disabled = true;
  return () => {
    button.disabled = false;
    if (hasFocus && document.activeElement === document.body) button.focus();
  };
}

function showClass(element: Element, name: string, isShown: boolean): Undo {
  const undo = showAttribute(element, "class", element.getAttribute("class"));
  element.classList.toggle(name, isShown);
  return undo;
}

/** One operation: text, attributes, a class, a number, a deletion or an addition; `{name}` is the input's value. */
function showOperation(operation: readonly unknown[], owner: Element, input: unknown): Undo {
  const [kind, id, value] = operation.length < 3 ? [operation.length < 2 ? "delete" : "text", ...operation] : operation;
  const target = id === "" ? owner : document.getElementById(`${id}`);
  if (!target) return () => undefined; // the server has removed it meanwhile
  const fill = (escape: (text: string) => string) =>
    `${value}`.replace(/\{(\w+)\}/g, (_, name: string) =>
      escape(`${(input as Record<string, unknown> | undefined)?.[name] ?? ""}`),
    );
  if (kind === "@") {
    const undos = Object.entries(value as Record<string, string | null>).map(([name, text]) =>
      showAttribute(target, name, text),
    );
    return () => undos.forEach((undo) => undo());
  }
  if (kind === ".") return showClass(target, `${value}`, !target.classList.contains(`${value}`));
  if (kind === "delete") {
    const mark = document.createComment("");
    target.replaceWith(mark);
    return () => mark.replaceWith(target);
  }
  const before = [...target.childNodes];
  if (kind === "text") target.textContent = fill(String);
  else if (kind === "#") target.textContent = `${Number(target.textContent) + Number(value)}`;
  else if (kind === "+") target.insertAdjacentHTML("beforeend", fill(escapeHtml));
  return () => target.replaceChildren(...before);
}

function showAttribute(target: Element, name: string, value: string | null): Undo {
  const before = target.getAttribute(name);
  setAttribute(target, name, value);
  return () => setAttribute(target, name, before);
}
