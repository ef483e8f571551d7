import { notificationSent } from "@repo/notifications";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "../../../server/bind-all";
import { SESSION_COOKIE } from "../../../server/sessions";
import { shareApp } from "../../../server/the-app";
import { POST } from "./route";

let app: BoundApp;
let unshare: () => void;
let cookie: string;
let happened: unknown[];

beforeEach(async () => {
  app = bindAll();
  unshare = shareApp(app);
  cookie = `${SESSION_COOKIE}=${(await app.sessions.begin("mia")).seal}`;
  happened = [];
  app.bus.subscribe(notificationSent, ({ payload }) => void happened.push(payload));
});
afterEach(() => unshare());

async function post(body: string, headers: Readonly<Record<string, string>> = { cookie }): Promise<readonly unknown[]> {
  const all = { host: "localhost", origin: "http://localhost", ...headers };
  const response = await POST(
    new Request("http://localhost/api/notifications", { method: "POST", body, headers: all }),
  );
  return [response.status, await response.json()];
}

it("sends in the name of whoever is signed in", async () => {
  const [status, outcome] = await post(JSON.stringify({ to: "sam", text: "hello" }));
  expect([status, outcome]).toEqual([201, { sent: true, id: expect.any(String) }]);
  expect(happened).toMatchObject([{ from: "mia", to: "sam", text: "hello" }]);
});

it.each([
  { what: "no JSON", body: "{", expected: 400 },
  { what: "no draft", body: "{}", expected: 400 },
  { what: "too much", body: " ".repeat(20_000), expected: 413 },
  { what: "a visitor's message", body: `{"to":"sam","text":"hello"}`, expected: 401, headers: {} },
])("sends nothing of $what: $expected", async ({ body, expected, headers }) => {
  const [status, outcome] = await post(body, headers);
  expect(status).toBe(expected);
  expect(outcome).toMatchObject({ sent: false, why: expect.any(String) });
  expect(happened).toEqual([]);
});
