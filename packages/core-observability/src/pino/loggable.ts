import { isSecretName } from "./secret-name";

const MAX_DEPTH = 8; // a cycle ends here too

/** A copy of `value` fit for a log: secrets replaced, errors written out with their causes, nothing too deep. */
export function loggable(value: unknown, key = "", depth = 0): unknown {
  if (isSecretName(key) && value !== undefined && value !== null) return "[redacted]";
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return "[too deep]";
  try {
    return read(value, depth + 1);
  } catch (error) {
    return `[unreadable: ${String(error)}]`; // a getter or toJSON that throws is no reason to lose the line
  }
}

function read(value: object, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => loggable(item, "", depth));
  if (value instanceof Error) return members(errorParts(value), depth);
  if ("toJSON" in value && typeof value.toJSON === "function") return loggable(value.toJSON(), "", depth);
  return members(value, depth);
}

function members(value: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, loggable(member, key, depth)]));
}

function errorParts(error: Error): object {
  const { name, message, stack, cause } = error;
  const errors = error instanceof AggregateError ? { errors: error.errors } : {};
  return { ...error, type: name, message, stack, ...(cause === undefined ? {} : { cause }), ...errors };
}
