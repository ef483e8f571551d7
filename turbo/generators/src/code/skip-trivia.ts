import type { Source } from "./source.js";

/** The offset of the next thing that is neither white space nor a comment. */
export function skipTrivia({ text, comments }: Source, offset: number): number {
  let at = offset;
  for (;;) {
    const comment = comments.find(({ start }) => start === at);
    if (comment) at = comment.end;
    else if (at < text.length && text.charAt(at).trim() === "") at += 1;
    else return at;
  }
}

/** The end of the line of `offset`, if only comments follow there; otherwise `offset` itself. */
export function restOfLine({ text, comments }: Source, offset: number): number {
  let at = offset;
  for (;;) {
    const comment = comments.find(({ start }) => start === at);
    if (comment) at = comment.end;
    else if (" \t".includes(text.charAt(at)) && at < text.length) at += 1;
    else return at === text.length || "\r\n".includes(text.charAt(at)) ? at : offset;
  }
}
