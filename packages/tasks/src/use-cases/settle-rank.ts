import { MAX_WISHED_RANK, rankBetween } from "../rank-between.js";
import type { Task, TaskColumn } from "../task.js";
import type { ToldTransaction } from "./change-board.js";

/** Where a card is to stand. */
export interface Place {
  readonly id: string;
  readonly column: TaskColumn;
  readonly rank: string;
}

/** The rank that a card gets, and those of the other cards that change for it: none, unless the column was numbered anew. */
export interface SettledRank {
  readonly rank: string;
  readonly others: readonly Pick<Task, "id" | "rank">[];
}

const ROOM = MAX_WISHED_RANK / 2; // next to a longer one a client might find no rank that it may send

/**
 * The rank as asked for. Where another card has it (two people dropped theirs there at once), the next free one below;
 * where it is longer than the place needs, a short one; and where cards stand too close for that, the column is numbered anew.
 */
export function settleRank({ id, column, rank: wished }: Place, tasks: readonly Task[]): SettledRank {
  const cards = tasks.filter((task) => task.column === column && task.id !== id);
  const index = cards.filter((card) => card.rank <= wished).length;
  const [above, below] = [cards[index - 1]?.rank ?? null, cards[index]?.rank ?? null];
  const short = rankBetween(above, below);
  const rank = above === wished || wished.length > short.length ? short : wished; // or a few wishes would fill a gap
  if ([rank, ...cards.map((card) => card.rank)].every(({ length }) => length <= ROOM)) return { rank, others: [] };
  return numberedAnew(cards, index);
}

/** Writes the ranks of the others; a member changes the digits of a staff card by that, never its order. */
export async function makeWay(tx: ToldTransaction, { others }: SettledRank, by: string): Promise<void> {
  for (const { id, rank } of others) await tx.update(id, { rank }, { by });
}

function numberedAnew(cards: readonly Task[], index: number): SettledRank {
  let last: string | null = null;
  const next = () => (last = rankBetween(last, null));
  const above = cards.slice(0, index).map((card) => ({ id: card.id, rank: next() }));
  const rank = next();
  const below = cards.slice(index).map((card) => ({ id: card.id, rank: next() }));
  const before = new Map(cards.map((card) => [card.id, card.rank]));
  return { rank, others: [...above, ...below].filter((card) => before.get(card.id) !== card.rank) };
}
