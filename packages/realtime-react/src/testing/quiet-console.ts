import { afterEach, beforeEach, expect, vi } from "vitest";

// React reports problems (a hydration that does not match, an update outside of …) on the console alone.
beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
