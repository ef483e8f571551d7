import type { Schema } from "@repo/core-realtime";

/** The schema of what this package itself makes: nothing to check, types to carry. */
export function made<Value>(): Schema<Value> {
  return {
    "~standard": { version: 1, vendor: "fourgate", validate: (value) => ({ value: value as Value }) },
  };
}
