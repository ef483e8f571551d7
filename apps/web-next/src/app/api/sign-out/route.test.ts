import { afterEach, beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "../../../server/bind-all";
import { SESSION_COOKIE } from "../../../server/sessions";
import { shareApp } from "../../../server/the-app";
import { POST } from "./route";

let app: BoundApp;
let unshare: () => void;
let cookie: string;

beforeEach(async () => {
  app = bindAll();
  unshare = shareApp(app);
  cookie = `${SESSION_COOKIE}=${(await app.sessions.begin("mia")).seal}`;
});
afterEach(() => unshare());

const post = (origin: string) =>
  POST(
    new Request("http://localhost/api/sign-out", { method: "POST", headers: { host: "localhost", origin, cookie } }),
  );

it("ends the session and takes the cookie away", async () => {
  const response = await post("http://localhost");
  expect(response.status).toBe(303);
  expect(response.headers.get("set-cookie")).toMatch(/Max-Age=0/);
  expect(await app.sessions.read(cookie)).toEqual({ kind: "refused" });
});

it("ends nothing for a foreign page", async () => {
  expect((await post("https://evil.example")).status).toBe(403);
  expect(await app.sessions.read(cookie)).toMatchObject({ kind: "open" });
});
