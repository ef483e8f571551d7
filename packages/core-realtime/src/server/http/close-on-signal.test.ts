import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { closeOnSignal, type CloseStep } from "./close-on-signal.js";

/** A server that closes on a signal, in a process that does not end; `exited` resolves with the exit code. */
async function openServer(steps: readonly CloseStep[], onError?: (cause: unknown) => void) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }); // a real one would call process.exit in the next file's tests
  onTestFinished(() => void vi.useRealTimers());
  const before = { SIGTERM: process.listeners("SIGTERM"), SIGINT: process.listeners("SIGINT") };
  const waiting: ServerResponse[] = [];
  const httpServer = createServer((request, response) => {
    if (request.url === "/slow") waiting.push(response);
    else response.end("now");
  });
  const exited = new Promise<unknown>((resolve) => {
    vi.spyOn(process, "exit").mockImplementation((code) => resolve(code) as never);
  });
  closeOnSignal(httpServer, steps, onError && { onError });
  onTestFinished(() => {
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      for (const listener of process.listeners(signal))
        if (!before[signal].includes(listener)) process.off(signal, listener);
    vi.restoreAllMocks();
    httpServer.close();
  });
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  return { httpServer, waiting, exited, url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}` };
}

it("takes the steps in order while it serves, finishes what is under way, and exits with 0", async () => {
  const taken: string[] = [];
  const status = async () =>
    void taken.push(`served ${(await fetch(url, { headers: { connection: "close" } })).status}`);
  const { url, waiting, exited } = await openServer([() => void taken.push("first"), status]);
  const slow = fetch(`${url}/slow`, { headers: { connection: "close" } });
  await expect.poll(() => waiting.length).toBe(1);
  process.emit("SIGTERM");
  process.emit("SIGINT");
  await expect.poll(() => taken).toEqual(["first", "served 200"]);
  waiting[0]?.end("late");
  expect(await (await slow).text()).toBe("late");
  expect(await exited).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

it("takes the next step where one fails, and reports the failure", async () => {
  const onError = vi.fn();
  const last = vi.fn();
  const away = new Error("The database is away.");
  const { exited } = await openServer([() => Promise.reject(away), last], onError);
  process.emit("SIGTERM");
  expect(await exited).toBe(0);
  expect(onError).toHaveBeenCalledExactlyOnceWith(away);
  expect(last).toHaveBeenCalledTimes(1);
});

it("exits with 1 where a step does not end in time, and reports that", async () => {
  const onError = vi.fn();
  const { exited } = await openServer([() => new Promise(() => undefined)], onError);
  process.emit("SIGTERM");
  await vi.advanceTimersByTimeAsync(25_000);
  expect(await exited).toBe(1);
  expect(onError).toHaveBeenCalledExactlyOnceWith(new Error("The process did not stop within 25000 ms of the signal."));
});
