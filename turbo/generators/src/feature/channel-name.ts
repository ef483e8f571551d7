import { Refusal } from "../refusal.js";
import type { ScopeChoice } from "./scope.js";
import { checkSlug } from "./slug.js";

/** A channel as it was called on the command line: its slug in files and code, and its name on the wire. */
export interface ChannelName {
  readonly slug: string;
  readonly name: string;
}

const IS_NAME = /[.:{}]/; // a slug has none of these
const LITERAL = /^[a-z][a-z0-9-]*$/;
const PLACEHOLDER = /^\{([A-Za-z][A-Za-z0-9_]{0,39})\}$/;

/** Reads a slug such as `order-status`, or a name such as `polls.{pollId}`; one user's own channel has the user as a placeholder. */
export function parseChannelName(feature: string, text: string, scope: ScopeChoice): ChannelName {
  if (!IS_NAME.test(text)) {
    const slug = checkSlug(text, "channel");
    return { slug, name: `${feature}.${slug}${scope.kind === "user" ? `.{${scope.param}}` : ""}` };
  }
  const segments = text.split(/[.:]/);
  const params = segments.flatMap((segment) => PLACEHOLDER.exec(segment)?.[1] ?? []);
  const literals = segments.filter((segment) => LITERAL.test(segment));
  if (params.length + literals.length < segments.length || literals.length === 0)
    throw new Refusal(
      `${JSON.stringify(text)} names no channel: between "." and ":" write words in kebab-case, or one whole {placeholder}, such as "polls.{pollId}".`,
    );
  const twice = params.find((param, index) => params.indexOf(param) !== index);
  if (twice !== undefined)
    throw new Refusal(`"${text}" uses the placeholder {${twice}} twice: give each its own name.`);
  if (scope.kind === "user" && !params.includes(scope.param))
    throw new Refusal(`"${text}" has no {${scope.param}}, which the scope user:${scope.param} compares with the user.`);
  return { slug: checkSlug(slugOf(feature, literals), "channel"), name: text };
}

/** `orders.{orderId}.status` of the feature orders → `status`; `polls.{pollId}` → `polls`. */
function slugOf(feature: string, literals: readonly string[]): string {
  const own = literals[0] === feature && literals.length > 1 ? literals.slice(1) : literals;
  return own.join("-");
}

/** The placeholders of a name, in order. */
export function placeholdersOf(name: string): readonly string[] {
  return [...name.matchAll(/\{(\w+)\}/g)].map(([, param = ""]) => param);
}
