import { expect, it } from "vitest";
import { z } from "zod";
import { each, html, live } from "../index.js";
import { action, counter, entriesOf, opened, serve } from "./served-pages.js";

it("works by forms alone: an action, and back to the page with the new state", async () => {
  const { call, origin } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const body = new URLSearchParams({ "live-token": token, "live-action": "add", by: "5" });
  const posted = await call("/counter", { method: "POST", body, headers: { origin } });
  expect(posted.status).toBe(303);
  const location = posted.headers.get("location") ?? "";
  const cookie = (posted.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(location).toMatch(/^\/counter\?live=/);
  const shown = await (await call(location, { headers: { cookie } })).text();
  expect(shown).toContain('<output id="count">5</output>');
  expect(await (await call("/counter", { headers: { cookie } })).text()).toContain('<output id="count">0</output>'); // a new visit
});

it.each([
  [
    "htmx-4",
    { "hx-request": "true", "hx-request-type": "partial" },
    '<hx-partial id="count" hx-swap="textContent">1</hx-partial>',
  ],
  ["htmx-2", { "hx-request": "true" }, "<hx-partial"],
  ["turbo", { accept: "text/vnd.turbo-stream.html" }, "<turbo-stream"],
  ["datastar", { "datastar-request": "true" }, "event: datastar-patch-elements"],
  ["oob", { "live-format": "oob" }, "hx-swap-oob"],
])("replies in the format of %s", async (_format, headers, part) => {
  const { call } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const body = new URLSearchParams({ "live-action": "increment" });
  const response = await call("/counter", {
    method: "POST",
    body,
    headers: { "live-token": token, ...(headers as Record<string, string>) },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("live-token")).toMatch(/^v1\./);
  expect(await response.text()).toContain(part);
});

it("refuses what no page of its own sends", async () => {
  const { call, errors } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const foreign = { ...action({ k: token, r: 1, i: "e", a: "increment" }) };
  const refused = await call("/counter", {
    ...foreign,
    headers: { ...foreign.headers, origin: "https://evil.example" },
  });
  expect(refused.status).toBe(403);
  expect((await call("/counter", { method: "PUT" })).status).toBe(405);
  expect(
    (await call("/counter", { method: "POST", body: "x", headers: { "content-type": "text/plain" } })).status,
  ).toBe(400);
  expect(errors).toEqual([]);
});

it.each(["missing", "constructor", "__proto__", "toString", "$bind", ""])("refuses the action %o", async (a) => {
  const { call, errors } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const [, entry] = await entriesOf(
    call("/counter", action({ k: token, r: 1, i: "e", a, v: { field: "count", value: 9 } })),
  );
  expect(entry.e.code).toBe("PAYLOAD_INVALID");
  expect(errors).toEqual([]);
});

it("reports an action that throws, and leaves the page usable", async () => {
  const { call, errors } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const [, failed] = await entriesOf(call("/counter", action({ k: token, r: 1, i: "e", a: "fail" })));
  expect(failed.e.code).toBe("HANDLER_FAILED");
  expect(JSON.stringify(failed)).not.toContain("broken");
  expect(errors).toEqual([expect.objectContaining({ message: "broken" })]);
  const [, works] = await entriesOf(call("/counter", action({ k: token, r: 2, i: "f", a: "increment" })));
  expect(works).toEqual(["count", "1"]);
});

it("reads lists of a form, and takes no files", async () => {
  const seen: unknown[] = [];
  const page = live("/form", {
    state: z.object({}),
    actions: { send: { input: z.unknown(), run: ({ input }) => void seen.push(input) } },
    render: () => html`<p>${each([1], String, (n) => html`<b>${n}</b>`)}</p>`,
  });
  const { call, origin } = await serve([page]);
  const { token } = await opened(call, "/form");
  const body = new FormData();
  for (const [name, value] of [
    ["live-token", token],
    ["live-action", "send"],
    ["tags[]", "a"],
    ["n", "1"],
    ["n", "2"],
    ["__proto__", "x"],
  ] as const)
    body.append(name, value);
  expect((await call("/form", { method: "POST", body, headers: { origin } })).status).toBe(303);
  expect(seen).toEqual([
    Object.fromEntries([
      ["tags", ["a"]],
      ["n", ["1", "2"]],
      ["__proto__", "x"],
    ]),
  ]);
  body.append("file", new Blob(["x"]), "x.txt");
  expect((await call("/form", { method: "POST", body, headers: { origin } })).status).toBe(400);
});

it("limits how many requests a visitor may send, and sends the time to come back", async () => {
  const { call } = await serve([counter], { rate: { perSecond: 0.01, burst: 1 } });
  for (let requests = 0; requests < 10; requests += 1) expect((await call("/counter")).status).toBe(200); // ten visitors may share an address
  const refused = await call("/counter");
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^\d+$/)]);
});
