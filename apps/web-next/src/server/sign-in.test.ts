import { EventEmitter, once } from "node:events";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import type { ServerFrame } from "@repo/core-realtime";
import { beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "./bind-all";
import { CookieAuthenticator } from "./cookie-authenticator";
import { inMemoryDeps } from "./in-memory-deps";
import { signIn, signOut } from "./sign-in";

let app: BoundApp;
let sockets: InMemoryRealtimeServer;

beforeEach(async () => {
  const deps = inMemoryDeps({});
  const { registry, broadcaster, expel, serve } = createRealtime({
    authenticator: new CookieAuthenticator(deps.sessions),
  });
  app = bindAll({ ...deps, registry, realtime: broadcaster, expel });
  sockets = new InMemoryRealtimeServer();
  await serve(sockets);
});

const own = (cookie?: string) =>
  new Headers({ host: "localhost", origin: "http://localhost", ...(cookie ? { cookie } : {}) });
const pairOf = (setCookie: string | undefined) => setCookie?.split(";")[0] ?? "";

/** A browser tab: its first frame, and the code with which it was closed. */
function openTab(cookie: string) {
  const frames = new EventEmitter();
  const onFrame = (frame: ServerFrame) => {
    frames.emit("any", frame);
    if (frame.type === "close") frames.emit("closed", frame.error.code);
  };
  const tab = { first: once(frames, "any"), closed: once(frames, "closed") };
  sockets.connect({ onFrame }, { headers: { cookie } });
  return tab;
}

it("signs in a demo person, so that pages and the realtime gate know who it is", async () => {
  const cookie = pairOf(await signIn(app, own(), "mia"));
  expect(await app.sessions.read(cookie)).toMatchObject({ kind: "open", session: { userId: "mia" } });
  expect(await openTab(cookie).first).toMatchObject([{ type: "connected", userId: "mia" }]);
});

it("knows nobody else", async () => {
  expect(await signIn(app, own(), "root")).toBeUndefined();
});

it("marks the cookie as secure on https alone", async () => {
  expect(await signIn(app, own(), "mia")).not.toMatch(/Secure/);
  expect(await signIn(app, new Headers({ origin: "https://app.example" }), "mia")).toMatch(/; Secure$/);
});

it("signing out cuts every live connection of that session and leaves the other sessions alone", async () => {
  const here = pairOf(await signIn(app, own(), "mia"));
  const elsewhere = pairOf(await signIn(app, own(), "mia"));
  const [tab, secondTab, otherBrowser] = [openTab(here), openTab(here), openTab(elsewhere)];
  await Promise.all([tab.first, secondTab.first, otherBrowser.first]);
  await signOut(app, own(here));
  expect(await Promise.all([tab.closed, secondTab.closed])).toEqual([["EXPELLED"], ["EXPELLED"]]);
  expect(await Promise.race([otherBrowser.closed, Promise.resolve("open")])).toBe("open");
});

it("refuses the old cookie at the realtime gate after signing out", async () => {
  const cookie = pairOf(await signIn(app, own(), "mia"));
  await signOut(app, own(cookie));
  expect(await openTab(cookie).closed).toEqual(["UNAUTHENTICATED"]);
});

it.each(["sam", "anonymous"])("choosing %s ends the session that was there", async (person) => {
  const cookie = pairOf(await signIn(app, own(), "mia"));
  await signIn(app, own(cookie), person);
  expect(await app.sessions.read(cookie)).toEqual({ kind: "refused" });
});
