import { Refusal } from "../refusal.js";
import { checkSlug } from "./slug.js";

/** A pattern of realtime.channels, and what its files are called. */
export interface SqlPattern {
  /** Such as `order:%`. */
  readonly pattern: string;
  /** Its literal segments: `order`. */
  readonly slug: string;
  /** A name that it matches: `order:1`. */
  readonly example: string;
}

const LITERAL = /^[A-Za-z0-9_.-]+$/;
const HELP = `Write literals and "%" between ":", and "%%" at the end for one segment or more: "order:%", "chat:%:messages", "log:%%".`;

/** Reads a pattern; refuses one that the database would refuse, and one without a literal to name files after. */
export function sqlPattern(pattern: string): SqlPattern {
  const segments = pattern.split(":");
  const isRight = segments.every(
    (segment, index) => segment === "%" || (segment === "%%" && index === segments.length - 1) || LITERAL.test(segment),
  );
  if (!isRight) throw new Refusal(`"${pattern}" is no pattern of channels. ${HELP}`);
  const literals = segments.filter((segment) => LITERAL.test(segment));
  if (literals.length === 0) throw new Refusal(`"${pattern}" has no literal to name its files after. ${HELP}`);
  const slug = literals
    .join("-")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const example = segments.map((segment) => (LITERAL.test(segment) ? segment : "1")).join(":");
  return { pattern, slug: checkSlug(slug, "channel"), example };
}
