import { expect, it } from "vitest";
import { z } from "zod";
import { html, live } from "../index.js";
import { action, entriesOf, opened, serve } from "./served-pages.js";

const page = live("/search", {
  state: z.object({ text: z.string().default(""), tries: z.number().default(0) }),
  mount: ({ query }) => ({ text: query["q"] ?? "" }),
  actions: {
    search: {
      input: z.object({ q: z.string().min(2, "Two letters at least") }),
      run({ state, input, replaceUrl }) {
        state.text = input.q;
        replaceUrl(`?q=${encodeURIComponent(input.q)}`);
      },
    },
    check: {
      input: z.object({ q: z.string().min(2, "Two letters at least"), n: z.coerce.number() }),
      invalid: ({ state, issues }) => void (state.text = JSON.stringify(issues)),
      run: () => undefined,
    },
    fail: {
      run({ state }) {
        state.tries += 1;
        throw new Error("broken");
      },
    },
    script: { run: ({ navigate }) => navigate("javascript:alert(1)") },
  },
  render: ({ state }) => html`<p id="p">${state.text} ${state.tries}</p>`,
});

it("begins with what the URL requests, and shows another URL without opening it", async () => {
  const { call } = await serve([page]);
  const { token, text } = await opened(call, "/search?q=lamp");
  expect(text).toContain("lamp 0");
  const entries = await entriesOf(
    call("/search?q=lamp", action({ k: token, r: 1, i: "e", a: "search", v: { q: "a b" } })),
  );
  expect(entries).toContainEqual({ u: "?q=a%20b" });
});

it("names each field that does not fit, where the action has an `invalid` function, and refuses it otherwise", async () => {
  const { call } = await serve([page]);
  const { token } = await opened(call, "/search");
  const checked = await entriesOf(
    call("/search", action({ k: token, r: 1, i: "e", a: "check", v: { q: "x", n: "y" } })),
  );
  expect(JSON.stringify(checked)).toContain("Two letters at least");
  expect(JSON.stringify(checked)).toContain('\\"n\\"');
  const [, refused] = await entriesOf(call("/search", action({ k: token, r: 1, i: "e", a: "search", v: { q: "x" } })));
  expect(refused.e).toMatchObject({ code: "PAYLOAD_INVALID", detail: "q,Two letters at least" });
});

it("shows people without JavaScript why nothing has changed, on the page that they had", async () => {
  const { call, origin, errors } = await serve([page]);
  const { token } = await opened(call, "/search?q=lamp");
  const body = new URLSearchParams({ "live-token": token, "live-action": "fail" });
  const response = await call("/search", { method: "POST", body, headers: { origin } });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toContain('<p role="alert" data-live-error="HANDLER_FAILED">');
  expect(text).toContain("lamp 0"); // what the action had changed is dropped
  expect(text).not.toContain("broken");
  expect(errors).toHaveLength(1);
});

it("lets other libraries change nothing where an action fails, and names the code", async () => {
  const { call } = await serve([page]);
  const { token } = await opened(call, "/search");
  const body = new URLSearchParams({ "live-action": "fail" });
  const headers = { "live-token": token, "hx-request": "true" };
  const response = await call("/search", { method: "POST", body, headers });
  const read = (name: string) => response.headers.get(name);
  expect([response.status, read("hx-reswap"), read("live-error")]).toEqual([500, "none", "HANDLER_FAILED"]);
  expect(await response.text()).toBe("");
});

it("leads to no script", async () => {
  const { call, errors } = await serve([page]);
  const { token } = await opened(call, "/search");
  const [, failed] = await entriesOf(call("/search", action({ k: token, r: 1, i: "e", a: "script" })));
  expect(failed.e.code).toBe("HANDLER_FAILED");
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining("no address of a page") })]);
});
