/** How the page is brought to another state. */
export type FuzzMove = "next" | "jump" | "push" | "refresh";

/** One transition, as the browser carries it out. */
export interface FuzzTransition {
  readonly move: FuzzMove;
  /** Which element has the focus meanwhile, from 0 up to 1; undefined: none is given it. */
  readonly focus: number | undefined;
  /** Text is being composed in a field meanwhile. */
  readonly isComposing: boolean;
}

/** What shows something else than a fresh render. */
export interface FuzzDifference {
  readonly step: number;
  readonly transition: FuzzTransition;
  readonly what: string;
  readonly shown: string | undefined;
  readonly fresh: string | undefined;
}

/** What a page in the browser offers to a run. */
export interface FuzzDriver {
  /** Carries out transitions, and compares after each; ends at the first difference. */
  run(transitions: readonly FuzzTransition[]): Promise<readonly FuzzDifference[]>;
}

declare global {
  interface Window {
    fuzz?: FuzzDriver;
  }
}

/** How often each move is made, of 1. */
export type MoveShares = Readonly<Partial<Record<FuzzMove, number>>>;

/** Random transitions. */
export function planTransitions(random: () => number, count: number, shares: MoveShares): readonly FuzzTransition[] {
  return Array.from({ length: count }, () => {
    const move = pickMove(random(), shares);
    return { move, focus: random() < 0.8 ? random() : undefined, isComposing: random() < 0.25 };
  });
}

function pickMove(at: number, { jump = 0, push = 0, refresh = 0 }: MoveShares): FuzzMove {
  if (at < jump) return "jump";
  if (at < jump + push) return "push";
  return at < jump + push + refresh ? "refresh" : "next";
}
