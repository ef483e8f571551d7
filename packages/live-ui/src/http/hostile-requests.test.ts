import { seededRandom } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { createLivePages, html, live } from "../index.js";

const INPUTS = 12_000;
const SECRET = "a secret of tests, longer than 32 bytes";
const NAMES = [
  "run",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "$bind",
  "",
  "run\0",
  "RUN",
  "then",
  "a".repeat(200),
];
const PATHS = [
  "/page/7",
  "/page/7/",
  "//page/7",
  "/page/%2e%2e",
  "/page/x",
  "/page/7?live=1",
  "/PAGE/7",
  "/page/7%00",
  "/",
];
const TYPES = [
  "application/json",
  "application/json; charset=utf-8",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "",
];

/** A page that records every action that runs, served in process; the action runs for the input `{ n: 7 }` alone. */
function site() {
  const ran: unknown[] = [];
  const errors: unknown[] = [];
  const page = live("/page/:id", {
    params: z.object({ id: z.coerce.number().int() }),
    state: z.object({ n: z.number().default(0), secret: z.string().default("s") }),
    bind: ["n"],
    actions: {
      run: {
        input: z.strictObject({ n: z.literal(7) }),
        run({ input, state }) {
          ran.push(input);
          state.n += 1;
        },
      },
    },
    render: ({ state }) => html`<b id="n">${state.n}</b>`,
  });
  const authenticator = { authenticate: () => null };
  const pages = createLivePages({
    pages: [page],
    secrets: [SECRET],
    authenticator,
    onError: (cause) => errors.push(cause),
  });
  return { ran, errors, fetch: pages.fetch };
}

async function tokenOf(fetch: ReturnType<typeof site>["fetch"]): Promise<string> {
  const text = await (await fetch(new Request("http://test/page/7"))).text();
  return /data-live-token="([^"]*)"/.exec(text)?.[1] ?? "";
}

it(`lets none of ${INPUTS} hostile requests run an action or end in a fault, and serves the next honest one`, async () => {
  const { ran, errors, fetch } = site();
  const token = await tokenOf(fetch);
  const random = seededRandom(20261130);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const bytes = () =>
    String.fromCharCode(...Array.from({ length: 1 + random() * 20 }, () => Math.floor(random() * 300)));
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  const value = (): unknown =>
    any<() => unknown>([
      () => null,
      bytes,
      () => ({ n: 8 }),
      () => ({ n: 7, extra: 1 }),
      () => JSON.parse('{"__proto__":{"n":7}}') as unknown,
      () => ({ constructor: { prototype: { n: 7 } } }),
      () => nested(any([3, 40, 400])),
      () => [{ n: 7 }],
      () => ({ field: any(["secret", "__proto__", "constructor", "n"]), value: any(["x", {}, [], null]) }),
    ])();
  const tampered = () => {
    const at = Math.floor(random() * token.length);
    return any([
      `${token.slice(0, at)}${any(["A", "B", ".", "_", "é"])}${token.slice(at + 1)}x`,
      token.slice(0, at),
      `${token}${token}`,
      token.replace("v1", "v2"),
      bytes(),
      "x".repeat(5_000),
    ]);
  };
  const replies = new Map<number, number>();
  for (let input = 0; input < INPUTS; input += 1) {
    const isHonestToken = random() < 0.5;
    const k = isHonestToken ? token : tampered();
    const body = any<() => string>([
      () =>
        JSON.stringify({
          k,
          r: any([1, -1, 1e99, "1", null]),
          i: any([bytes(), 7, undefined]),
          a: isHonestToken ? any(NAMES.slice(1)) : any(NAMES),
          v: value(),
        }),
      () => JSON.stringify({ k, r: 1, a: "run", p: any(["x:1", "__proto__", bytes()]), v: { n: 7 } }),
      () => JSON.stringify({ k, r: 1, a: "run", v: value() }),
      () => JSON.stringify(value()),
      () => `{"k":"${token}","a":"run"`,
      () => new URLSearchParams({ "live-token": k, "live-action": any(NAMES.slice(1)), n: "7" }).toString(),
      bytes,
      () => "",
    ])();
    const headers: Record<string, string> = { "content-type": any(TYPES) };
    if (random() < 0.5) headers["accept"] = "application/vnd.fourgate.live+json";
    if (random() < 0.2) headers["hx-request"] = "true";
    const response = await fetch(new Request(`http://test${any(PATHS)}`, { method: "POST", headers, body }));
    await response.arrayBuffer();
    replies.set(response.status, (replies.get(response.status) ?? 0) + 1);
  }
  expect(ran).toEqual([]);
  expect(errors).toEqual([]);
  expect([...replies.keys()].toSorted()).toEqual([200, 400, 404]); // refused in JSON, malformed, another path
  const headers = { "content-type": "application/json", accept: "application/vnd.fourgate.live+json" };
  const body = JSON.stringify({ k: token, r: 1, i: "e", a: "run", v: { n: 7 } });
  await fetch(new Request("http://test/page/7", { method: "POST", headers, body }));
  expect(ran).toEqual([{ n: 7 }]);
});
