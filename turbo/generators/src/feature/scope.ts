import { Refusal } from "../refusal.js";

/** Who may join, as the command line says it. */
export type ScopeChoice =
  | { readonly kind: "public" | "authenticated" }
  | { readonly kind: "role"; readonly role: string }
  | { readonly kind: "user"; readonly param: string };

const USER_PARAM = "userId"; // what `user` alone stands for
const ROLE = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const PARAM = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const CHOICES = "public, authenticated, role:<role> or user:<param>";

/** Reads `public`, `authenticated`, `role:staff` or `user:userId`; `user` and `userScoped` alone mean `user:userId`. */
export function parseScope(text: string): ScopeChoice {
  const [kind = "", ...rest] = text.split(":");
  const value = rest.length === 0 ? undefined : rest.join(":");
  if ((kind === "public" || kind === "authenticated") && value === undefined) return { kind };
  if (kind === "role") return { kind, role: checked(value, ROLE, `Say which role may join, such as role:staff`) };
  if (kind === "user" || kind === "userScoped")
    return {
      kind: "user",
      param: checked(value ?? USER_PARAM, PARAM, `Say which placeholder is the user, such as user:${USER_PARAM}`),
    };
  throw new Refusal(`${JSON.stringify(text)} is no scope: write ${CHOICES}.`);
}

/** The scope as it stands in a channel file. */
export function scopeSource(scope: ScopeChoice): string {
  if (scope.kind === "role") return `{ role: ${JSON.stringify(scope.role)} }`;
  if (scope.kind === "user") return `{ userScoped: ${JSON.stringify(scope.param)} }`;
  return JSON.stringify(scope.kind);
}

/** The scope as the command line says it. */
export function scopeWords(scope: ScopeChoice): string {
  if (scope.kind === "role") return `role:${scope.role}`;
  return scope.kind === "user" ? `user:${scope.param}` : scope.kind;
}

function checked(value: string | undefined, pattern: RegExp, advice: string): string {
  if (value !== undefined && pattern.test(value)) return value;
  throw new Refusal(`${advice}; a name begins with a letter and has at most 40 letters, digits and underscores.`);
}
