/** One statement of a text. */
export interface SqlStatement {
  readonly text: string;
  /** Its first keyword in lower case; `(` where it begins with a parenthesis; empty where nothing but comments is there. */
  readonly verb: string;
}

/**
 * The statements of a text, which `;` separates outside of strings, names and comments. Throws a `SyntaxError` where one of them does not end.
 * Reads strings as `standard_conforming_strings = on` does.
 */
export function splitStatements(sql: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let start = 0;
  let verb = "";
  const end = (at: number): void => {
    if (verb !== "") statements.push({ text: sql.slice(start, at), verb });
    verb = "";
  };
  for (const { index, 0: part } of sql.matchAll(PART)) {
    if (part === ";") {
      end(index);
      start = index + 1;
    } else if (UNENDED.test(part)) throw new SyntaxError(`A string or comment does not end: ${part.slice(0, 40)}`);
    else if (verb === "" && !IS_SPACE.test(part)) verb = part.toLowerCase();
  }
  end(sql.length);
  return statements;
}

const PART = new RegExp(
  [
    /--[^\n]*/,
    /\/\*(?:[^*/]|\*(?!\/)|\/(?!\*)|\/\*(?:[^*/]|\*(?!\/)|\/(?!\*)|\/\*(?:[^*]|\*(?!\/))*\*\/)*\*\/)*\*\//, // comments nest; three levels
    /\b[eE]'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'/,
    /\b[eE]'/, // one that does not end
    /'[^']*(?:''[^']*)*'/,
    /"[^"]*(?:""[^"]*)*"/,
    /(?<![\w$\u0080-\uffff])\$(?<tag>[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\k<tag>\$/,
    /(?<![\w$\u0080-\uffff])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/, // one that does not end
    /[\w$\u0080-\uffff]+/,
    /\/\*|\s+/,
    /[\s\S]/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);
const UNENDED = /^(?:['"]$|[eE]'$|\/\*$|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$$)/;
const IS_SPACE = /^(?:\s+|--[^\n]*|\/\*[\s\S]+)$/;

/** Whether it is a query or a change of rows, which can be looked into; also where it is no SQL at all, which Postgres then reports. */
export function isPlanned({ verb }: SqlStatement): boolean {
  return !WITHOUT_READS.has(verb) && !OPAQUE.has(verb);
}

/** Whether it reads tables without showing which. */
export function isOpaque({ verb }: SqlStatement): boolean {
  return OPAQUE.has(verb);
}

/** What reads no table, or only what an earlier statement has read. */
const WITHOUT_READS = new Set(
  [
    "begin start commit end rollback abort savepoint release set reset show discard listen unlisten notify lock fetch move close",
    "deallocate alter drop truncate comment grant revoke analyze vacuum reindex cluster checkpoint load reassign security",
  ].flatMap((verbs) => verbs.split(" ")),
);
const OPAQUE = new Set("call do copy explain execute prepare declare create refresh import".split(" "));
