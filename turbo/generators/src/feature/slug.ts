import { Refusal } from "../refusal.js";
import { RESERVED_WORDS } from "./reserved-words.js";

const MAX_LENGTH = 40; // characters; with its suffixes it still makes a readable identifier
const KEBAB = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/; // each part begins with a letter, so that camel case loses nothing

/** Checks a name that becomes a file and an identifier; `what` says whose name it is. */
export function checkSlug(slug: string, what: string): string {
  if (slug === "") throw new Refusal(`A ${what} needs a name in kebab-case, such as "order-status".`);
  if (slug.length > MAX_LENGTH)
    throw new Refusal(`A ${what} is named in at most ${MAX_LENGTH} characters; this one has ${slug.length}.`);
  if (!KEBAB.test(slug))
    throw new Refusal(`${JSON.stringify(slug)} names no ${what}: write it in kebab-case, such as "order-status".`);
  if (RESERVED_WORDS.has(slug))
    throw new Refusal(`"${slug}" is a reserved word: give the ${what} another name, such as "${slug}-status".`);
  return slug;
}

/** `order-status` → `orderStatus`. */
export function camelCase(slug: string): string {
  return slug
    .split("-")
    .map((part, index) => (index === 0 ? part : capital(part)))
    .join("");
}

/** `order-status` → `OrderStatus`. */
export function pascalCase(slug: string): string {
  return slug.split("-").map(capital).join("");
}

function capital(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}
