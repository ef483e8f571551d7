import { RealtimeError, type Schema } from "@repo/core-realtime";

/** The state of a page, and of each component that it shows, by the component's path. */
export interface PageStates {
  readonly page: object;
  readonly parts: Readonly<Record<string, object>>;
}

/** State as its schema reads it. @throws RealtimeError PAYLOAD_INVALID with what does not fit. */
export async function parsedState(schema: Schema, given: unknown): Promise<object> {
  const result = await schema["~standard"].validate(given);
  if (result.issues) throw new RealtimeError("PAYLOAD_INVALID", { detail: sentenceOf(result.issues) });
  if (typeof result.value === "object" && result.value !== null) return result.value;
  throw new TypeError("A page's state must be an object.");
}

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

function sentenceOf(issues: readonly Issue[]): string {
  return issues.map((issue) => [fieldOf(issue), issue.message].filter(Boolean).join(": ")).join("; ");
}

/** Each field's first issue. */
export function issuesByField(issues: readonly Issue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(issues.toReversed().map((issue) => [fieldOf(issue), issue.message]));
}

function fieldOf({ path = [] }: Issue): string {
  return path.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
}
