import type { MoveKey } from "./placement.js";

/** What a key does to the card that has the focus. */
export type CardKey =
  | { readonly kind: "focus" | "move"; readonly key: MoveKey }
  | { readonly kind: "first" | "last" | "rename" | "remove" | "pickUp" | "drop" | "putBack" };

/** Reads a key. Arrow keys go from card to card; they move a card that was picked up, and any card together with Shift. */
export function cardKeyOf(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  isPickedUp: boolean,
): CardKey | undefined {
  switch (key) {
    case "ArrowUp":
    case "ArrowDown":
    case "ArrowLeft":
    case "ArrowRight":
      return { kind: isPickedUp || shiftKey ? "move" : "focus", key };
    case "Home":
      return { kind: "first" };
    case "End":
      return { kind: "last" };
    case " ":
      return { kind: isPickedUp ? "drop" : "pickUp" };
    case "Enter":
      return { kind: isPickedUp ? "drop" : "rename" };
    case "F2":
      return { kind: "rename" };
    case "Escape":
      return isPickedUp ? { kind: "putBack" } : undefined;
    case "Delete":
    case "Backspace":
      return { kind: "remove" };
    default:
      return undefined;
  }
}
