import { request as httpRequest, type RequestOptions } from "node:http";
import { expect, it } from "vitest";
import { z } from "zod";
import { html, live } from "../index.js";
import { opened, serve } from "./served-pages.js";

/** Each function of the page that is called waits for its signal, while `isSlow`. */
function slowPage() {
  const aborted: string[] = [];
  const waiting: string[] = [];
  let isSlow = false;
  const wait = async (name: string, signal: AbortSignal) => {
    if (!isSlow) return;
    waiting.push(name);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    aborted.push(name);
    signal.throwIfAborted();
  };
  const page = (slow: string) =>
    live("/slow", {
      state: z.object({}),
      guard: async ({ signal }) => (slow === "guard" ? wait(slow, signal) : undefined),
      async mount({ signal }) {
        if (slow === "mount") await wait(slow, signal);
        return {};
      },
      load: async ({ signal }) => (slow === "load" ? wait(slow, signal) : undefined),
      actions: { act: { run: async ({ signal }) => (slow === "act" ? wait(slow, signal) : undefined) } },
      render: () => html`<p>slow</p>`,
    });
  return { page, aborted, waiting, slowDown: () => void (isSlow = true) };
}

it.each(["guard", "mount", "load", "act"])("aborts the signal of %s when the client disconnects", async (slow) => {
  const { page, aborted, waiting, slowDown } = slowPage();
  const { call, origin, errors } = await serve([page(slow)]);
  const { token } = await opened(call, "/slow");
  slowDown();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const options: RequestOptions = slow === "act" ? { method: "POST", headers } : {};
  const sent = httpRequest(`${origin}/slow`, options);
  sent.on("error", () => undefined); // it is destroyed
  sent.end(slow === "act" ? new URLSearchParams({ "live-token": token, "live-action": "act" }).toString() : undefined);
  await expect.poll(() => waiting).toEqual([slow]);
  sent.destroy();
  await expect.poll(() => aborted).toEqual([slow]);
  await (await call("/elsewhere")).text(); // what was thrown has been handled by then
  expect(errors).toEqual([]);
});

it("reports nothing of a form whose sender disconnects in the middle of it", async () => {
  let requests = 0;
  const page = live("/form", {
    state: z.object({}),
    guard: () => void (requests += 1),
    actions: { act: { run: () => undefined } },
    render: () => html`<p>form</p>`,
  });
  let authenticated = 0;
  const authenticator = {
    authenticate() {
      authenticated += 1;
      return null;
    },
  };
  const { call, origin, errors } = await serve([page], { authenticator });
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": 1_000 };
  const sent = httpRequest(`${origin}/form`, { method: "POST", headers });
  sent.on("error", () => undefined); // it is destroyed
  sent.write("live-action=act");
  await expect.poll(() => authenticated).toBe(1);
  sent.destroy();
  for (let more = 0; more < 3; more += 1) await (await call("/form")).text();
  expect(requests).toBe(3);
  expect(errors).toEqual([]);
});
