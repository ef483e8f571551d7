import { ElementStack } from "./element-stack.js";
import { RAW_ELEMENTS, TEXT_ELEMENTS } from "./nesting-rules.js";
import { parseStartTag } from "./parse-start-tag.js";
import { SLOT, TemplateSource } from "./template-source.js";
import type { Template } from "./template.js";

/**
 * What is written at a call site. Throws a TypeError where a value could not be escaped, or where a browser would build other elements than
 * those that are written.
 */
export function parseTemplate(strings: TemplateStringsArray): Template {
  const source = new TemplateSource(strings);
  const stack = new ElementStack(source);
  while (!source.isAtEnd) parseNext(source, stack);
  return stack.finish(strings);
}

const TEXT = /[^<\uffff]+/y;
const END_TAG = /<\/[a-zA-Z][^\s/>\uffff]*/y;
const END_OF_END_TAG = /\s*>/y;

function parseNext(source: TemplateSource, stack: ElementStack): void {
  const text = source.take(TEXT);
  if (text !== undefined) return stack.text(text);
  if (source.startsWith(SLOT)) {
    stack.slot();
    source.at += 1;
    return;
  }
  if (source.startsWith("<!--")) return stack.comment(source.takeThrough("-->", "a comment"));
  if (source.startsWith("<![cdata[")) throw source.refusal("a CDATA section", "write its text, with &lt; and &amp;");
  if (source.startsWith("<!") || source.startsWith("<?"))
    return stack.comment(source.takeThrough(">", "a declaration"));
  if (source.startsWith(`<${SLOT}`) || source.startsWith(`</${SLOT}`))
    throw source.refusal("a slot in a tag name", "write the name, and choose between two templates");
  const end = source.take(END_TAG);
  if (end !== undefined) {
    if (source.take(END_OF_END_TAG) === undefined) throw source.refusal(`the end tag ${end}`, `write ${end}>`);
    return stack.close(end.slice(2).toLowerCase(), `${end}>`);
  }
  if (source.startsWith("</")) return stack.comment(source.takeThrough(">", "an end tag"));
  const tag = parseStartTag(source, stack);
  if (tag === undefined) {
    source.at += 1;
    return stack.text("&lt;");
  }
  if (stack.innermost?.tag === tag) parseRawText(source, stack, tag);
}

function parseRawText(source: TemplateSource, stack: ElementStack, tag: string): void {
  const end = `</${tag}`;
  if (RAW_ELEMENTS.has(tag)) {
    const from = source.at;
    const taken = source.takeThrough(end, `<${tag}>`);
    source.at = from + taken.length - end.length;
    stack.comment(taken.slice(0, -end.length));
  }
  if (!TEXT_ELEMENTS.has(tag)) return;
  while (!source.isAtEnd && !source.startsWith(end)) {
    if (source.startsWith(SLOT)) {
      stack.slot();
      source.at += 1;
    } else {
      const from = source.at;
      source.at += 1;
      while (!source.isAtEnd && !source.startsWith(SLOT) && !source.startsWith(end)) source.at += 1;
      stack.text(source.text.slice(from, source.at));
    }
  }
}
