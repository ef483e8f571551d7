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
  const body = new URLSearchParams({ person });
  return POST(new Request(`${OWN}/api/sign-in`, { method: "POST", body, headers: { host: "localhost", origin } }));
}

it("signs in a demo person and leads to the desk, wherever the browser thinks it is", async () => {
  const response = await post("mia");
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/desk");
  const cookie = response.headers.get("set-cookie")?.split(";")[0];
  expect(await app.sessions.read(cookie)).toMatchObject({ kind: "open", session: { userId: "mia" } });
});

it.each([
  ["a foreign page", 403, () => post("mia", "https://evil.example")],
  ["somebody who is not there", 400, () => post("root")],
  ["a form that is too large", 413, () => post("x".repeat(20_000))],
])("refuses %s with %i and sets no cookie", async (_what, status, ask) => {
  const response = await ask();
  expect(response.status).toBe(status);
  expect(response.headers.get("set-cookie")).toBeNull();
});

it("is not there where demo sign-in is switched off", async () => {
  const deps = inMemoryDeps({ DEMO_SIGN_IN: "0" });
  const stop = shareApp(bindAll(deps));
  expect((await post("mia")).status).toBe(404);
  stop();
});
