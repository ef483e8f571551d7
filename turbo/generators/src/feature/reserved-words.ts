const JAVASCRIPT = `arguments async await break case catch class const constructor continue debugger default delete do else enum eval export
extends false finally for from function get if implements import in instanceof interface let new null of package private protected prototype
public return set static super switch this throw true try typeof undefined var void while with yield`;

const WINDOWS = "aux con nul prn"; // names that no file on Windows can have, whatever follows the dot

const OURS = "dry-run index"; // a word of the command line, and the name of every barrel

/** Words that would read as something else in code, on disk or on the command line. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([JAVASCRIPT, WINDOWS, OURS].join(" ").split(/\s+/));
