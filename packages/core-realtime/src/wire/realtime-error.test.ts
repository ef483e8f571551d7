import { expect, it, vi } from "vitest";
import { ERROR_CODES } from "./error-codes.js";
import { RealtimeError } from "./realtime-error.js";

it("shows a client the code, the sentence and the detail, never the cause", () => {
  const error = new RealtimeError("HANDLER_FAILED", { detail: "orders.7", cause: new Error("password=hunter2") });
  expect(error.toWire()).toEqual({
    code: "HANDLER_FAILED",
    message: "The server failed to process this message. (orders.7)",
    detail: "orders.7",
    retry: "later",
  });
  expect(JSON.stringify(error.toWire())).not.toContain("hunter2");
  expect(error.cause).toBeInstanceOf(Error);
});

it("keeps close codes in the two ranges, each once, and requests a reconnect only in 41xx", () => {
  const rows = Object.values(ERROR_CODES).filter((row) => row.closeCode !== null);
  const codes = rows.map((row) => row.closeCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { closeCode, retry } of rows) {
    expect(closeCode).toSatisfy((code: number) => (code >= 4100 && code < 4200) || (code >= 4500 && code < 4600));
    if (closeCode < 4200) expect(retry).toBe("later");
  }
});

it("keeps the codes that seeds and users rely on", () => {
  expect(Object.keys(ERROR_CODES)).toEqual(
    expect.arrayContaining(["UNAUTHORIZED", "NOT_SUBSCRIBED", "INTERNAL_ERROR"]),
  );
});

it("recognises an error of another copy of this module, as a bundler makes it, and nothing else", async () => {
  vi.resetModules();
  const { RealtimeError: Other } = await import("./realtime-error.js");
  expect(Other).not.toBe(RealtimeError);
  expect(new Other("UNAUTHORIZED")).toBeInstanceOf(RealtimeError);
  expect(new RealtimeError("UNAUTHORIZED")).toBeInstanceOf(Other);
  for (const value of [new Error("x"), JSON.parse(JSON.stringify(new RealtimeError("UNAUTHORIZED"))), null, "x"])
    expect(value).not.toBeInstanceOf(RealtimeError);
});
