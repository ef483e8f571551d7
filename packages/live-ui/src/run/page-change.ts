import type { Operation } from "../difference/operation.js";

/** What an action or a refresh has changed. */
export interface PageChange {
  readonly operations: readonly Operation[];
  /** Where it is another one. */
  readonly title: string | undefined;
  /** Where it is another one. */
  readonly token: string | undefined;
  readonly navigate: string | undefined;
  readonly replaceUrl: string | undefined;
  readonly reset: readonly string[];
}

/** The notices of the wire, which follow the operations. */
export function noticesOf({ title, navigate, replaceUrl, reset, token }: Omit<PageChange, "operations">): unknown[] {
  return [
    ...(reset.length > 0 ? [{ d: reset }] : []),
    ...(token === undefined ? [] : [{ k: token }]),
    ...(title === undefined ? [] : [{ n: title }]),
    ...(replaceUrl === undefined ? [] : [{ u: replaceUrl }]),
    ...(navigate === undefined ? [] : [{ go: navigate }]),
  ];
}
