import { anchorOf } from "./page-route.mjs";

const FENCE = /^\s*(`{3,}|~{3,})/;
const COMMENT = /<!--[\s\S]*?-->/g;

/** The lines outside code blocks are given to `change`; the others stay as they are. */
export function outsideCode(text, change) {
  let fence;
  return text
    .split("\n")
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (fence === undefined && mark === undefined) return change(line);
      if (fence === undefined) fence = mark;
      else if (mark !== undefined && mark.startsWith(fence)) fence = undefined;
      return line;
    })
    .join("\n");
}

/** The first heading, without its formatting. */
export function titleOf(text) {
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`A page begins with a heading: ${text.slice(0, 60)}`);
  return title.replaceAll("`", "");
}

/** The first sentence below the heading, for search engines and llms.txt. */
export function descriptionOf(text) {
  const paragraphs = text.replaceAll(COMMENT, "").split(/\n{2,}/);
  const first = paragraphs.find((part) => /^[\p{L}`*_[]/u.test(part)) ?? "";
  const plain = first
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*]/g, "")
    .replaceAll("\n", " ");
  return /^.*?[.:](?=\s|$)/.exec(plain)?.[0].replace(/:$/, ".") ?? plain;
}

/** The anchors of all headings; the second of the same name ends in `-1`, as on GitHub. */
export function anchorsOf(text) {
  const seen = new Map();
  const anchors = new Set();
  outsideCode(text, (line) => {
    const heading = /^#{1,6} (.+)$/.exec(line)?.[1];
    if (heading === undefined) return line;
    const anchor = anchorOf(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    anchors.add(times === 0 ? anchor : `${anchor}-${times}`);
    return line;
  });
  return anchors;
}
