import type { Content, Operation } from "../difference/operation.js";
import type { EncodedPage } from "./encoded-page.js";

/** The element around a drawing or a formula, without which a parser makes HTML elements of its parts. */
export type ForeignRoot = "svg" | "math";

const NAMES = new Set(
  (
    "a title style script " + // of HTML too
    "animate animatemotion animatetransform circle clippath defs desc ellipse filter foreignobject g image line " +
    "lineargradient marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop switch " +
    "symbol text textpath tspan use view " +
    "mi mn mo mrow msup msub msubsup mfrac msqrt mroot mtext ms mspace mtable mtr mtd munder mover munderover mstyle " +
    "merror mpadded mphantom mmultiscripts semantics annotation"
  ).split(" "),
);

/** In what the content of an operation must stand when a parser reads it. The page is parsed only where names suggest it. */
export function foreignRootOf(operation: Operation, page: EncodedPage): ForeignRoot | undefined {
  const html = htmlOf(operation, page);
  const name = /<([a-z][^\s/>]*)/i.exec(html)?.[1]?.toLowerCase() ?? "";
  if (!NAMES.has(name) && !name.startsWith("fe")) return undefined;
  const element = page.element(operation.target);
  return isInTarget(operation) ? element?.inner : element?.context;
}

function isInTarget({ kind }: Operation): boolean {
  return kind === "append" || kind === "prepend" || kind === "content";
}

function htmlOf(operation: Operation, page: EncodedPage): string {
  if (operation.kind === "attributes") return page.startTag(operation.target) ?? "";
  return "content" in operation ? page.print(operation.content satisfies Content) : "";
}
