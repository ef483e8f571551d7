import { expect, it } from "vitest";
import { z } from "zod";
import { component, createLivePages, defineComponent, html, InMemoryStateStore, live } from "./index.js";

const authenticator = { authenticate: () => null };
const secrets = ["a secret of tests, longer than 32 bytes"];
const description = { state: z.object({ n: z.number().default(0) }), render: () => html`<p>x</p>` };
const till = defineComponent("till", {
  state: z.object({}),
  actions: { pay: { once: true, run: () => undefined } },
  render: () => html`<p>till</p>`,
});

it.each([
  ["a path that is none", () => live("counter", description), /write a path such as/],
  ["a name twice in a path", () => live("/:a/:a", description), /stands twice/],
  [
    "two pages of one path",
    () => createLivePages({ pages: [live("/a", description), live("/a", description)], secrets, authenticator }),
    /same name for their channel/,
  ],
  ["a short secret", () => createLivePages({ pages: [], secrets: ["x"], authenticator }), /at least 32 bytes/],
  [
    "a field of the server alone, without a store",
    () => createLivePages({ pages: [live("/a", { ...description, serverOnly: ["n"] })], secrets, authenticator }),
    /keeps n on the server: pass createLivePages\(\{ store \}\)/,
  ],
  [
    "an action that runs once, without a place to remember it",
    () =>
      createLivePages({
        pages: [live("/a", { ...description, actions: { pay: { once: true, run: () => undefined } } })],
        secrets,
        authenticator,
      }),
    /"pay" of the page "\/a" runs once/,
  ],
  [
    "an action of a component that runs once, without a place to remember it",
    () => createLivePages({ pages: [live("/a", { ...description, components: [till] })], secrets, authenticator }),
    /"pay" of the page "\/a" runs once/,
  ],
])("refuses %s at start-up, and names what to write", (_what, make, sentence) => {
  expect(make).toThrow(TypeError);
  expect(make).toThrow(sentence);
});

it("renders no component that runs an action once, within another one too, unless its page lists it", async () => {
  const shop = defineComponent("shop", { state: z.object({}), render: () => html`<div>${component(till, {})}</div>` });
  const render = () => html`<div>${component(shop, {})}</div>`;
  const errors: unknown[] = [];
  const pages = createLivePages({
    pages: [
      live("/unlisted", { ...description, render }),
      live("/shop", { ...description, render, components: [till] }),
    ],
    secrets,
    authenticator,
    claims: new InMemoryStateStore(),
    onError: (cause) => errors.push(cause),
  });
  const statusOf = async (path: string) => (await pages.fetch(new Request(`http://test${path}`))).status;
  expect(await statusOf("/unlisted")).toBe(500);
  expect(errors).toEqual([
    new TypeError(
      'component("till"): its action "pay" runs once, which is checked at start-up: list it in the page\'s description, live("…", { components: [till] }).',
    ),
  ]);
  expect(await statusOf("/shop")).toBe(200);
});

it("keeps fields of the server alone out of everything that a client receives", async () => {
  const page = live("/quiz", {
    state: z.object({ answer: z.string().default("forty-two"), tries: z.number().default(0) }),
    serverOnly: ["answer"],
    actions: { guess: { run: ({ state }) => void (state.tries += 1) } },
    render: ({ state }) => html`<p id="p">${state.tries}</p>`,
  });
  const pages = createLivePages({ pages: [page], secrets, authenticator, store: new InMemoryStateStore() });
  const text = await (await pages.fetch(new Request("http://test/quiz"))).text();
  const token = /data-live-token="([^"]*)"/.exec(text)?.[1] ?? "";
  const body = JSON.stringify({ k: token, r: 1, i: "e", a: "guess" });
  const headers = { "content-type": "application/json", accept: "application/vnd.fourgate.live+json" };
  const reply = await (await pages.fetch(new Request("http://test/quiz", { method: "POST", body, headers }))).text();
  expect(reply).toContain('["p","1"]');
  const payload = Buffer.from(token.split(".")[2] ?? "", "base64url").toString();
  for (const sent of [text, reply, payload]) expect(sent).not.toContain("forty-two");
});

it("takes the more exact page where a URL fits two", async () => {
  const pages = createLivePages({
    pages: [
      live("/boards/:id", { ...description, render: () => html`<p>one board</p>` }),
      live("/boards/new", { ...description, render: () => html`<p>a new board</p>` }),
    ],
    secrets,
    authenticator,
  });
  const shown = async (path: string) => (await pages.fetch(new Request(`http://test${path}`))).text();
  expect(await shown("/boards/new")).toContain("a new board");
  expect(await shown("/boards/7")).toContain("one board");
  expect(pages.isPage("/boards/7")).toBe(true);
  expect(pages.isPage("/boards/7/8")).toBe(false);
});
