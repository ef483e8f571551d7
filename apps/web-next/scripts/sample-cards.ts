import type { BoardPage } from "../e2e/board/board-page";

const CARDS = [
  ["Buy oat milk", "To do", false],
  ["Plan the garden party", "To do", false],
  ["Ask three firms about the heating", "To do", false],
  ["Review the new contracts", "Doing", true],
  ["Repair the squeaking door", "Doing", false],
  ["Water the plants", "Done", false],
  ["Book the meeting room", "Done", false],
] as const;

/** Fills a board for its pictures; by somebody of the staff, since one card is for staff only. */
export async function seedCards(board: BoardPage): Promise<void> {
  for (const [title, column, isStaff] of CARDS) await board.add(title, column, isStaff);
  await board.expectOnce(CARDS.map(([title]) => title));
}
