import { attributeRule } from "./attribute-rules.js";
import { decodeReferences } from "./character-references.js";
import type { ElementDraft } from "./element-draft.js";
import type { ElementStack } from "./element-stack.js";
import { areHarmlessSlots, OPTIMISTIC } from "./optimistic-slots.js";
import { isOwnAddress, isOwnStart, isSafeAddress, isSafeStart } from "./safe-address.js";
import { SLOT, type TemplateSource } from "./template-source.js";
import type { DynamicAttribute, DynamicText } from "./template.js";

const START_TAG = /<[a-zA-Z][^\s/>\uffff]*/y;
const SPACE = /[\s/]+/y;
const NAME = /[^\s/>=\uffff]+/y;
const EQUALS = /\s*=\s*/y;
const QUOTED = /"[^"]*"|'[^']*'/y;
const UNQUOTED = /[^\s>"']+/y;

interface WrittenAttribute {
  readonly name: string;
  /** With the quotation marks; undefined: the name alone. */
  readonly quoted: string | undefined;
}

/** Takes a start tag with its attributes, and opens the element. Returns its name in lower case; undefined: there is none here. */
export function parseStartTag(source: TemplateSource, stack: ElementStack): string | undefined {
  const begin = source.take(START_TAG);
  if (begin === undefined) return undefined;
  if (source.startsWith(SLOT))
    throw source.refusal("a slot in a tag name", "write the name, and choose between two templates");
  const tag = begin.slice(1).toLowerCase();
  const attributes = takeAttributes(source);
  const written = new Map<string, string>();
  for (const { name, quoted } of attributes) {
    const key = name.toLowerCase().replace(/^\?/, "");
    if (written.has(key)) throw source.refusal(`two attributes ${key}`, "a browser ignores the second: write one");
    written.set(key, quoted ?? "");
  }
  for (const [name, quoted] of written) {
    if (quoted.includes(SLOT)) written.delete(name);
    else written.set(name, unquote(quoted));
  }
  const element = stack.open(tag, begin, written);
  for (const attribute of attributes) addAttribute(source, element, { ...attribute, written });
  const isClosed = source.text[source.at - 1] === "/";
  source.at += 1;
  stack.opened(element, isClosed);
  return tag;
}

function takeAttributes(source: TemplateSource): readonly WrittenAttribute[] {
  const attributes: WrittenAttribute[] = [];
  for (;;) {
    source.take(SPACE);
    if (source.isAtEnd) throw source.refusal("a start tag is not ended", "write >");
    if (source.startsWith(">")) return attributes;
    const name = source.take(NAME);
    if (name === undefined || source.startsWith(SLOT))
      throw source.refusal("a slot in an attribute name", 'write ?name="${flag}" for an attribute that may be absent');
    if (source.take(EQUALS) === undefined) {
      attributes.push({ name, quoted: undefined });
      continue;
    }
    const quoted = source.take(QUOTED) ?? source.take(UNQUOTED);
    if (quoted === undefined || source.startsWith('"') || source.startsWith("'"))
      throw source.refusal(`the value of ${name}`, "put it into quotation marks");
    if (quoted.includes(SLOT) && !/^["']/.test(quoted))
      throw source.refusal(`a slot in the attribute ${name} without quotation marks`, `write ${name}="\${…}"`);
    attributes.push({ name, quoted });
  }
}

function addAttribute(
  source: TemplateSource,
  element: ElementDraft,
  { name, quoted, written }: WrittenAttribute & { readonly written: ReadonlyMap<string, string> },
): void {
  const isFlag = name.startsWith("?");
  const bare = isFlag ? name.slice(1) : name;
  if (quoted === undefined || !quoted.includes(SLOT)) {
    if (isFlag) throw source.refusal(`${name} without a slot`, `write ${bare}`);
    if (
      bare.toLowerCase() === "formaction" &&
      !isOwnAddress(decodeReferences(unquote(quoted ?? ""), "attribute") ?? "//")
    )
      throw foreignButton(source);
    element.write(quoted === undefined ? ` ${name}` : ` ${name}=${quoted}`);
    if (bare.toLowerCase() === "id")
      element.setId({
        name: "id",
        kind: "text",
        text: known(source, name, { chunks: [unquote(quoted ?? "")], indexes: [] }),
      });
    return;
  }
  const rule = attributeRule({ tag: element.tag, name: bare, written });
  if (rule.kind === "refused") throw source.refusal(`a slot in the attribute ${name} of <${element.tag}>`, rule.remedy);
  const chunks = unquote(quoted).split(SLOT);
  const indexes = chunks.slice(1).map(() => element.takeIndex());
  if (isFlag) {
    if (bare.toLowerCase() === "id" || rule.kind !== "text" || indexes.length > 1 || chunks.some(Boolean))
      throw source.refusal(`the attribute ${name}`, `write ?${bare}="\${flag}" with nothing around the slot`);
    return element.addFlag({ name: bare, kind: "flag", text: { chunks, indexes } });
  }
  const text = decode({ chunks, indexes });
  const start = text?.chunks[0] ?? "";
  if (bare.toLowerCase() === "formaction" && !isOwnStart(start)) throw foreignButton(source);
  if (bare.toLowerCase() === OPTIMISTIC && !areHarmlessSlots(text?.chunks ?? []))
    throw source.refusal(`a slot in ${name}`, 'put it into an id, a text or a class: [["row-${…}"]]');
  if (rule.kind === "text" || (rule.kind === "address" && isSafeStart(start))) {
    const attribute: DynamicAttribute = { name: bare, kind: "text", text };
    if (bare.toLowerCase() === "id") element.setId({ ...attribute, text: known(source, name, { chunks, indexes }) });
    return element.addText(attribute, { quote: quoted[0] ?? '"', chunks });
  }
  if (!isSafeAddress(start))
    throw source.refusal(`the address in ${name}`, "begin it with https:, http:, mailto: or tel:, or with a path");
  element.addAddress({ name: bare, kind: rule.kind, text: known(source, name, { chunks, indexes }) });
}

function foreignButton(source: TemplateSource): TypeError {
  const remedy = 'another site would receive the token of the page. Begin it with a path, such as "/boards/${…}"';
  return source.refusal("the address in formaction", remedy);
}

function unquote(quoted: string): string {
  return /^["']/.test(quoted) ? quoted.slice(1, -1) : quoted;
}

function decode({ chunks, indexes }: DynamicText): DynamicText | undefined {
  const decoded = chunks.map((chunk) => decodeReferences(chunk, "attribute"));
  return decoded.every((chunk) => chunk !== undefined) ? { chunks: decoded, indexes } : undefined;
}

function known(source: TemplateSource, name: string, text: DynamicText): DynamicText {
  const decoded = decode(text);
  if (decoded === undefined) throw source.refusal(`a character reference in ${name}`, "write the character itself");
  return decoded;
}
