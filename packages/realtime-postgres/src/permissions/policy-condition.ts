/** Reads conditions as `pg_get_expr` writes them: every operand in parentheses, keywords in capitals. What it cannot read is treated as the worst case. */

/** The pattern that a policy on realtime.channels is about, from a condition such as `((pattern = 'order:%'::text) AND …)`; empty: all. */
export function patternOf(condition: string): string {
  const { operator, terms } = termsOf(condition);
  if (operator === "OR") return "";
  for (const term of terms) {
    const found = PATTERN.exec(unwrap(term))?.[1];
    if (found !== undefined) return found.replaceAll("''", "'");
  }
  return "";
}

const PATTERN = /^pattern = '((?:[^']|'')*)'::text$/;

/** Can more rows in a table only make the condition true, never false? So for `EXISTS (…)` and `… IN (SELECT …)`, joined by AND and OR. */
export function growsWithRows(condition: string): boolean {
  return grows(condition.replace(/'(?:[^']|'')*'/g, "''").replace(/"(?:[^"]|"")*"/g, "q"));
}

function grows(condition: string): boolean {
  const { terms } = termsOf(condition);
  if (terms.length > 1) return terms.every(grows);
  const term = unwrap(condition);
  if (!/\bSELECT\b/.test(term)) return true;
  const open = term.indexOf("( SELECT");
  const before = term.slice(0, open);
  const isMembership = before === "EXISTS " || (before.endsWith(" IN ") && !/\bNOT\b|\bCASE\b/.test(before));
  return (
    open >= 0 && isMembership && closingOf(term, open) === term.length - 1 && isPlainQuery(term.slice(open + 1, -1))
  );
}

/** One SELECT of rows, without anything that a further row could take away. */
function isPlainQuery(query: string): boolean {
  const [list = "", ...others] = query.split(" FROM ");
  return (
    others.length === 1 &&
    !list.includes("(") && // an aggregate, perhaps
    (query.match(/\bSELECT\b/g) ?? []).length === 1 &&
    !/\b(LEFT|RIGHT|FULL|GROUP|HAVING|LIMIT|OFFSET|FETCH|UNION|EXCEPT|INTERSECT|OVER|WITH|TABLESAMPLE)\b/.test(query)
  );
}

interface Terms {
  readonly operator: "AND" | "OR" | undefined;
  readonly terms: readonly string[];
}

/** The condition, split at its outermost AND or OR. */
function termsOf(condition: string): Terms {
  const text = unwrap(condition);
  for (const operator of ["AND", "OR"] as const) {
    const terms = splitAt(text, ` ${operator} `);
    if (terms.length > 1) return { operator, terms };
  }
  return { operator: undefined, terms: [text] };
}

function splitAt(text: string, separator: string): readonly string[] {
  const terms: string[] = [];
  let from = 0;
  for (const { index, depth } of outsideLiterals(text))
    if (depth === 0 && text.startsWith(separator, index)) {
      terms.push(text.slice(from, index));
      from = index + separator.length;
    }
  return [...terms, text.slice(from)];
}

/** Without the parentheses around all of it. */
function unwrap(text: string): string {
  return text.startsWith("(") && closingOf(text, 0) === text.length - 1 ? unwrap(text.slice(1, -1)) : text;
}

/** Where the parenthesis at `open` closes. */
function closingOf(text: string, open: number): number {
  let depthThere = 0;
  for (const { index, depth } of outsideLiterals(text)) {
    if (index === open) depthThere = depth;
    if (index > open && text[index] === ")" && depth === depthThere) return index;
  }
  return -1;
}

/** Each character outside of literals and quoted names, with the parentheses around it; a parenthesis counts as outside of itself. */
function* outsideLiterals(text: string): Generator<{ readonly index: number; readonly depth: number }> {
  let depth = 0;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const mark = text[index];
    if (quote !== undefined) {
      if (mark === quote) quote = undefined;
      continue;
    }
    if (mark === "'" || mark === '"') {
      quote = mark;
      continue;
    }
    if (mark === ")") depth -= 1;
    yield { index, depth };
    if (mark === "(") depth += 1;
  }
}
