import type { Content } from "../difference/operation.js";
import { renderToString } from "../template/render-to-string.js";

/** The HTML of a content. */
export function printContent(content: Content): string {
  if (typeof content === "string") return content;
  return content.map(({ result, path }) => renderToString(result, { root: path })).join("");
}
