import { afterEach, beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "../../../server/bind-all";
import { inMemoryDeps } from "../../../server/in-memory-deps";
import { shareApp } from "../../../server/the-app";
import { POST } from "./route";

let app: BoundApp;
let unshare: () => void;
const OWN = "http://localhost";

beforeEach(() => {
  app = bindAll();
  unshare = shareApp(app);
});
afterEach(() => unshare());

function post(person: string, origin = OWN): Promise<Response> {
  const headers = { host: "localhost", origin };
  return POST(new Request(`${OWN}/api/demo-token`, { method: "POST", body: person, headers }));
}

it("returns a token for a demo person, which no cache keeps, and sets no cookie", async () => {
  const response = await post("mia");
  expect(await app.demoTokens.open(await response.text())).toMatchObject({ userId: "mia" });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("set-cookie")).toBeNull();
});

it.each([
  ["a foreign page", 403, () => post("mia", "https://evil.example")],
  ["somebody who is not there", 400, () => post("root")],
  ["a body that is too large", 400, () => post("x".repeat(20_000))],
])("refuses %s with %i", async (_what, status, ask) => {
  expect((await ask()).status).toBe(status);
});

it("is not there where demo sign-in is switched off", async () => {
  const stop = shareApp(bindAll(inMemoryDeps({ DEMO_SIGN_IN: "0" })));
  expect((await post("mia")).status).toBe(404);
  stop();
});
