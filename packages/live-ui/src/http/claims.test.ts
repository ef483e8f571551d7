import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { createLivePages, html, InMemoryStateStore, live } from "../index.js";
import { action, entriesOf } from "./served-pages.js";

const shop = live("/shop", {
  state: z.object({ bought: z.number().default(0) }),
  actions: { buy: { once: true, run: ({ state }) => void (state.bought += 1) } },
  render: ({ state }) => html`<p id="p">${state.bought}</p>`,
});

it("lets no user fill the place for actions that run once: the next one is refused, and others buy on", async () => {
  const authenticator = {
    authenticate: ({ token = "" }: { readonly token?: string | undefined }) => ({ userId: token, roles: [] }),
  };
  const { fetch } = createLivePages({
    pages: [shop],
    secrets: ["a secret of tests, longer than 32 bytes"],
    authenticator,
    claims: new InMemoryStateStore({ maxEntries: 1_500 }),
    rate: { perSecond: 10_000, burst: 10_000 },
    clock: new FakeClock(), // no claim becomes free while the test runs
  });
  const open = async (user: string) => {
    const headers = { authorization: `Bearer ${user}` };
    const text = await (await fetch(new Request("http://test/shop", { headers }))).text();
    let token = /data-live-token="([^"]*)"/.exec(text)?.[1] ?? "";
    return async () => {
      const { headers: more, ...init } = action({ k: token, r: 1, i: "e", a: "buy" });
      const request = new Request("http://test/shop", { ...init, headers: { ...(more as object), ...headers } });
      const [, first, last] = await entriesOf(fetch(request));
      token = last?.k ?? token;
      return first;
    };
  };
  const [mia, sam] = [await open("mia"), await open("sam")];
  for (let bought = 1; bought <= 1_000; bought += 1) expect(await mia()).toEqual(["p", String(bought)]);
  expect((await mia()).e).toMatchObject({ code: "RATE_LIMITED", retry: "later" });
  expect(await sam()).toEqual(["p", "1"]);
}, 120_000);
