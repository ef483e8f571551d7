import { expect, it } from "vitest";
import { createLivePages, InMemoryStateStore, type LivePagesOptions } from "../index.js";
import { VisitorIds } from "../state/visitor-ids.js";
import { action, counter } from "./served-pages.js";

const SECRET = "a secret of tests, longer than 32 bytes";
const OLD_SECRET = "an older secret of tests, longer than 32 bytes";

/** The counter, and browsers that keep its cookies, or refuse them. */
function site(options: Partial<LivePagesOptions> = {}) {
  const authenticator = {
    authenticate: ({ token }: { readonly token?: string | undefined }) =>
      token === undefined ? null : { userId: token, roles: [] },
  };
  const pages = createLivePages({ pages: [counter], secrets: [SECRET], authenticator, ...options });
  function browser({
    cookie = "",
    keepsCookies = true,
    user,
  }: { cookie?: string; keepsCookies?: boolean; user?: string } = {}) {
    const sent: (string | null)[] = [];
    let kept = cookie;
    const call = async (init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (kept !== "") headers.set("cookie", kept);
      if (user !== undefined) headers.set("authorization", `Bearer ${user}`);
      const reply = await pages.fetch(new Request("http://test/counter", { ...init, headers }));
      const set = reply.headers.get("set-cookie");
      sent.push(set);
      if (set !== null && keepsCookies) kept = set.split(";")[0] ?? "";
      return reply;
    };
    return {
      call,
      sent,
      cookie: () => kept,
      async open() {
        const text = await (await call()).text();
        return /data-live-token="([^"]*)"/.exec(text)?.[1] ?? "";
      },
      /** Counts; the count and the next token, or that the page was opened anew. */
      async count(token: string) {
        const reply = await call(action({ k: token, r: 1, i: `event ${sent.length}`, a: "increment" }));
        const entries = (await reply.json()) as readonly [number, ...({ f?: string; k?: string } & [string, string])[]];
        const entry = entries.find((one) => (one as { k?: string }).k) as { k?: string } | undefined;
        return entries[1]?.f === undefined ? { count: entries[1]?.[1], token: entry?.k ?? token } : "opened anew";
      },
    };
  }
  return { browser };
}

it("gives the browser of an anonymous visitor its cookie at the first page, and no other", async () => {
  const { browser } = site();
  const anonymous = browser();
  await anonymous.open();
  await anonymous.open();
  expect(anonymous.sent).toEqual([
    expect.stringMatching(/^fourgate-visitor=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    null,
  ]);
  const proxied = browser();
  await proxied.call({ headers: { "x-forwarded-proto": "https" } });
  expect(proxied.sent[0]).toMatch(/; Secure$/);
  const user = browser({ user: "mia" });
  await user.open();
  expect(user.sent).toEqual([null]);
});

it.each([
  ["tokens", () => ({})],
  ["a store", () => ({ store: new InMemoryStateStore() })],
])(
  "lets the page of a visitor, kept in %s, be used by no other visitor once the browser has shown its cookie",
  async (_where, options) => {
    const { browser } = site(options());
    const [mia, sam, visitor] = [browser(), browser(), browser({ keepsCookies: false })];
    await sam.open();
    const first = await mia.open();
    const second = await mia.count(first);
    expect(second).toEqual({ count: "1", token: expect.not.stringMatching(first) });
    const { token } = second as { readonly token: string };
    expect(await sam.count(token)).toBe("opened anew");
    expect(await visitor.count(token)).toBe("opened anew");
    expect(await mia.count(token)).toMatchObject({ count: "2" });
    const bound = await mia.open(); // her second page, from its beginning
    expect(await sam.count(bound)).toBe("opened anew");
    expect(await browser({ user: "mia" }).count(bound)).toBe("opened anew");
  },
);

it("works where cookies are refused", async () => {
  const refusing = site().browser({ keepsCookies: false });
  const first = await refusing.open();
  const second = (await refusing.count(first)) as { readonly token: string };
  expect(await refusing.count(second.token)).toMatchObject({ count: "2" });
});

it("accepts no cookie that was not signed here, and finds its own among others", async () => {
  const { browser } = site();
  const id = "a".repeat(22);
  const { signed } = new VisitorIds(["another secret, longer than 32 bytes"]).sign(id);
  const forged = browser({ cookie: `fourgate-visitor=${signed}` });
  await forged.open();
  expect(forged.sent).toEqual([expect.not.stringContaining(id)]);
  const own = browser();
  await own.open();
  const several = browser({ cookie: `fourgate-visitor=${signed}; x=1; ${own.cookie()}` });
  expect(await several.count(await own.open())).toMatchObject({ count: "1" });
});

it("keeps a visitor's id while a secret is replaced", async () => {
  const before = site({ secrets: [OLD_SECRET] }).browser();
  await before.open();
  const cookie = before.cookie();
  const during = site({ secrets: [SECRET, OLD_SECRET] }).browser({ cookie });
  const token = await during.open();
  expect(during.cookie()).not.toBe(cookie);
  expect(await site().browser({ cookie: during.cookie() }).count(token)).toMatchObject({ count: "1" });
});

it("sets no cookie where the app configures none", async () => {
  const { browser } = site({ visitorCookie: false });
  const one = browser();
  const token = await one.open();
  expect(one.sent).toEqual([null]);
  expect(await browser().count(token)).toMatchObject({ count: "1" });
});
