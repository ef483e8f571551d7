/** A place on the board: 0 to 1 from its left and its top. */
export interface BoardPlace {
  readonly x: number;
  readonly y: number;
}

/** Where a pointer event was, to four digits. */
export function placeOnBoard(board: HTMLElement, { clientX, clientY }: PointerEvent): BoardPlace {
  const { left, top, width, height } = board.getBoundingClientRect();
  return { x: share(clientX - left, width), y: share(clientY - top, height) };
}

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, Number((part / whole).toFixed(4))));
}
