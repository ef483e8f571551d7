import { expect, it } from "vitest";
import { z } from "zod";
import { component, createLivePages, defineComponent, html, live } from "../index.js";

const button = defineComponent("button", {
  state: z.object({ count: z.number().default(0) }),
  initialState: (_: { readonly props: { readonly label: string } }) => ({}),
  actions: { press: { run: ({ state }) => void (state.count += 1) } },
  render: ({ params, state }) =>
    html`<form method="post" data-live-submit="press"><button>${params.label} ${state.count}</button></form>`,
});

const page = live("/buttons", {
  state: z.object({}),
  render: () =>
    html`<div>${component(button, { label: "Left" }, "l")}${component(button, { label: "Right" }, "r")}</div>`,
});

it("runs the action of the component that a form is in, without JavaScript", async () => {
  const { fetch } = createLivePages({
    pages: [page],
    secrets: ["a secret of tests, longer than 32 bytes"],
    authenticator: { authenticate: () => null },
  });
  const url = "http://localhost/buttons";
  const before = await (await fetch(new Request(url))).text();
  const form = before.split("<form")[2] ?? "";
  const hidden = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const fields = Object.fromEntries([...hidden].map(([, name, value]) => [name, value]));
  expect(fields).toMatchObject({ "live-component": "button:r", "live-action": "press" });
  const headers = { origin: "http://localhost", host: "localhost", "sec-fetch-site": "same-origin" };
  const posted = await fetch(new Request(url, { method: "POST", headers, body: new URLSearchParams(fields) }));
  const cookie = (posted.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const after = await (
    await fetch(new Request(new URL(posted.headers.get("location") ?? "", url), { headers: { cookie } }))
  ).text();
  expect(after).toContain("Left 0");
  expect(after).toContain("Right 1");
});
