const FOCUSABLE = "input:enabled:not([type=hidden]),textarea:enabled,select:enabled,a[href],[contenteditable]";
const COMPOSED = "input:enabled:not([type]),textarea:enabled,[contenteditable]";

/** An element that has the focus, and what is wrong with it after a patch. */
export interface FocusProbe {
  /** @param fresh The root of the fresh render. */
  problem(fresh: Element): string | undefined;
}

/** Gives the focus, and a caret, to one of the page's elements. */
export function focusOne(root: Element, at: number): FocusProbe {
  const inRows = root.querySelectorAll<HTMLInputElement>("#controls li input"); // what moves with its row loses the focus most easily
  const element = pick(at < 0.7 && inRows.length > 0 ? inRows : root.querySelectorAll<HTMLInputElement>(FOCUSABLE), at);
  element.focus({ preventScroll: true });
  const { id, localName } = element;
  const hasCaret = document.activeElement === element && typeof element.selectionStart === "number";
  const value = element.value;
  const caret = [Math.floor(at * value?.length), value?.length] as const;
  if (hasCaret) element.setSelectionRange(...caret);
  return {
    problem(fresh) {
      const after = fresh.querySelector(`#${CSS.escape(id.replace(root.id, fresh.id))}`);
      if (after?.localName !== localName || !after.matches(FOCUSABLE)) return undefined;
      const focused = document.activeElement as HTMLInputElement | null;
      if (focused?.id !== id) return `#${id} has lost the focus to ${focused?.localName} #${focused?.id}`;
      if (!hasCaret || focused.value !== value) return undefined;
      const now = [focused.selectionStart, focused.selectionEnd];
      return `${now}` === `${caret}` ? undefined : `the caret of #${id} was ${caret}, and is ${now}`;
    },
  };
}

/** Text that is being composed by an input method. */
export interface Composition {
  /** What has been changed while the text was composed. */
  problem(): string | undefined;
  end(): void;
}

/** Begins to compose text in one of the page's fields. */
export function compose(root: Element, at: number): Composition {
  const field = pick(root.querySelectorAll<HTMLInputElement>(COMPOSED), at);
  const look = () => `${field.outerHTML} ${field.value}`;
  const before = look();
  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  return {
    problem: () =>
      field.isConnected && look() !== before ? `the field was changed from ${before} to ${look()}` : undefined,
    end: () =>
      (field.isConnected ? field : document.body).dispatchEvent(
        new CompositionEvent("compositionend", { bubbles: true }),
      ),
  };
}

function pick<Item extends Element>(items: NodeListOf<Item>, at: number): Item {
  const withId = [...items].filter(({ id }) => id !== "");
  const item = withId[Math.floor(at * withId.length)];
  if (!item) throw new Error("The page has no such element.");
  return item;
}
