import { notificationSent } from "@repo/notifications";
import { beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "./bind-all";
import { SESSION_COOKIE } from "./sessions";
import { submitNotification } from "./submit-notification";

let app: BoundApp;
let cookie: string;
let happened: unknown[];
const draft = { to: "sam", text: "The parcel is here" };
const from = (origin: string, shown: string) => new Headers({ host: "localhost", origin, cookie: shown });

beforeEach(async () => {
  app = bindAll();
  happened = [];
  app.bus.subscribe(notificationSent, ({ payload }) => void happened.push(payload));
  cookie = `${SESSION_COOKIE}=${(await app.sessions.begin("mia")).seal}`;
});

it("sends in the name of whoever is signed in", async () => {
  expect(await submitNotification(app, from("http://localhost", cookie), draft)).toMatchObject({ sent: true });
  expect(happened).toEqual([{ id: expect.any(String), from: "mia", to: "sam", text: "The parcel is here" }]);
});

it("sends nothing for a foreign page, although the cookie is good", async () => {
  const outcome = await submitNotification(app, from("https://evil.example", cookie), draft);
  expect(outcome).toMatchObject({ sent: false, status: 403 });
  expect(happened).toEqual([]);
});

it("sends nothing for a visitor", async () => {
  expect(await submitNotification(app, from("http://localhost", ""), draft)).toMatchObject({
    sent: false,
    status: 401,
  });
  expect(happened).toEqual([]);
});

it.each([
  [{ to: "sam", text: "   " }, "Write something first."],
  [{ to: "sam", text: "x".repeat(281) }, "Keep it to 280 characters."],
  [{ to: "nobody", text: "hi" }, 'There is no user called "nobody" here.'],
  [{ to: "sam", text: "hi", from: "sam" }, expect.stringContaining("from")],
  [undefined, expect.any(String)],
])("sends no %j and gives the reason", async (given, why) => {
  expect(await submitNotification(app, from("http://localhost", cookie), given)).toEqual({
    sent: false,
    status: 400,
    why,
  });
  expect(happened).toEqual([]);
});
