import { QueryRefusal } from "../query/query-refusal.js";

const MAX_LENGTH = 250; // of a pattern that is decided here
const MAX_WILDCARD = 64; // characters of a piece with `_`: each place of the text may be compared with all of them

/**
 * LIKE without a regular expression: `%` is any text, `_` one character, `\` takes the next as it is. Undefined where a pattern is so long
 * that a text could be made for it that takes long to compare: then Postgres decides, within its time limit.
 */
export function likePattern(pattern: string): ((value: unknown) => boolean) | undefined {
  const pieces = piecesOf(pattern).map(pieceOf);
  if (pattern.length > MAX_LENGTH || pieces.some((piece) => piece.size > MAX_WILDCARD)) return undefined;
  const [first, ...others] = pieces;
  const last = others.pop();
  if (!first) return () => false;
  return (value) => {
    const text = String(value);
    const end = first.at(text, 0);
    if (!last) return end === text.length;
    let place = end;
    for (const piece of others) {
      if (place === NOWHERE) return false;
      place = piece.find(text, place);
    }
    return place !== NOWHERE && last.endsAfter(text, place);
  };
}

const NOWHERE = -1;

/** What stands between two `%`. */
interface Piece {
  /** Characters, where one is `_`; else 0. */
  readonly size: number;
  /** Where the piece ends when it begins at `place`; `NOWHERE` where it does not. */
  at(text: string, place: number): number;
  /** Where its first occurrence from `place` on ends. */
  find(text: string, place: number): number;
  /** Is it the end of the text, from `place` on? */
  endsAfter(text: string, place: number): boolean;
}

type Characters = readonly (string | typeof ANY_ONE)[];

const ANY_ONE = Symbol("_");

function piecesOf(pattern: string): readonly Characters[] {
  const pieces: (string | typeof ANY_ONE)[][] = [[]];
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    if (character === "%") pieces.push([]);
    else if (character === "_") pieces.at(-1)?.push(ANY_ONE);
    else if (character !== "\\") pieces.at(-1)?.push(character);
    else {
      const next = characters[(index += 1)];
      if (next === undefined) throw new QueryRefusal("A LIKE pattern must not end with its escape character.");
      pieces.at(-1)?.push(next);
    }
  }
  return pieces;
}

function pieceOf(characters: Characters): Piece {
  return characters.includes(ANY_ONE) ? wildcardPiece(characters) : literalPiece(characters.join(""));
}

function literalPiece(literal: string): Piece {
  const { length } = literal;
  return {
    size: 0,
    at: (text, place) => (text.startsWith(literal, place) ? place + length : NOWHERE),
    find(text, place) {
      const found = text.indexOf(literal, place);
      return found === -1 ? NOWHERE : found + length;
    },
    endsAfter: (text, place) => text.length - length >= place && text.endsWith(literal),
  };
}

function wildcardPiece(characters: Characters): Piece {
  const at = (text: string, start: number): number => {
    let place = start;
    for (const wanted of characters) {
      if (place >= text.length) return NOWHERE;
      if (wanted !== ANY_ONE && !text.startsWith(wanted, place)) return NOWHERE;
      place += lengthAt(text, place);
    }
    return place;
  };
  return {
    size: characters.length,
    at,
    find(text, start) {
      for (let place = start; place < text.length; place += lengthAt(text, place)) {
        const end = at(text, place);
        if (end !== NOWHERE) return end;
      }
      return NOWHERE;
    },
    endsAfter(text, start) {
      let place = text.length;
      for (let left = characters.length; left > 0 && place > start; left -= 1) place -= isLow(text, place - 1) ? 2 : 1;
      return place >= start && at(text, place) === text.length;
    },
  };
}

/** The length of the character at `place`, in UTF-16 units. */
function lengthAt(text: string, place: number): number {
  return isLow(text, place + 1) ? 2 : 1;
}

/** The second half of a character beyond U+FFFF; Postgres holds no halves. */
function isLow(text: string, place: number): boolean {
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
