import { expect, it } from "vitest";
import { loggable } from "./loggable";

it("leaves plain values as they are", () => {
  const value = { a: 1, b: "two", c: null, d: [true, undefined], e: 5n };
  expect(loggable(value)).toEqual(value);
});

it("does not change what it is handed", () => {
  const value = Object.freeze({ token: "secret", nested: Object.freeze({ password: "secret" }) });
  expect(loggable(value)).toEqual({ token: "[redacted]", nested: { password: "[redacted]" } });
  expect(value.nested.password).toBe("secret");
});

it("shows that a secret is absent", () => {
  expect(loggable({ token: undefined, password: null })).toEqual({ token: undefined, password: null });
});

it("follows toJSON, and still finds the secret in what it returns", () => {
  expect(loggable({ at: new Date(0) })).toEqual({ at: "1970-01-01T00:00:00.000Z" });
  expect(loggable({ toJSON: () => ({ token: "secret" }) })).toEqual({ token: "[redacted]" });
});

it("ends in a cycle and in a great depth", () => {
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  expect(JSON.stringify(loggable(cycle))).toContain("[too deep]");
  const error = new Error("round");
  error.cause = error;
  expect(JSON.stringify(loggable(error))).toContain("[too deep]");
});

it("writes out every error of an aggregate", () => {
  const both = new AggregateError([new Error("one"), new Error("two")], "both");
  expect(loggable(both)).toMatchObject({ type: "AggregateError", errors: [{ message: "one" }, { message: "two" }] });
});

it("writes a frozen error, and keeps a cause that is no error", () => {
  const error = Object.freeze(new Error("refused", { cause: { code: "ECONNREFUSED" } }));
  expect(loggable(error)).toMatchObject({ message: "refused", cause: { code: "ECONNREFUSED" } });
});

it("records why a member cannot be read, and keeps the others", () => {
  const hostile = {
    get name(): string {
      throw new Error("no");
    },
  };
  expect(loggable({ hostile, orderId: "7" })).toEqual({ hostile: "[unreadable: Error: no]", orderId: "7" });
});
