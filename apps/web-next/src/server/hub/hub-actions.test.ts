import { beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "../bind-all";
import { inMemoryDeps } from "../in-memory-deps";
import { SESSION_COOKIE } from "../sessions";
import { recordSignal } from "./hub-actions";
import { noHubDesk, type NewSignal } from "./hub-desk";

let app: BoundApp;
let signals: NewSignal[];

beforeEach(() => {
  signals = [];
  const hubs = {
    ...noHubDesk,
    async record(signal: NewSignal) {
      if (signal.body === "fail") throw new Error("the database is away");
      signals.push(signal);
      return signal.widgetId === 1;
    },
  };
  app = bindAll({ ...inMemoryDeps({}), hubs });
});

it("records the signal of somebody who has signed in, under their own name", async () => {
  expect(await recordSignal(app, await headersOf("mia"), form({ sender: "sam" }))).toBeUndefined();
  expect(signals).toEqual([{ widgetId: 1, kind: "wish", body: "More light.", sender: "mia" }]);
});

it("records nothing for a visitor, and for a foreign page", async () => {
  const visitor = new Headers({ host: "localhost", origin: "http://localhost" });
  expect(await recordSignal(app, visitor, form({}))).toBe("Sign in first.");
  expect(await recordSignal(app, await headersOf("mia", "https://evil.example"), form({}))).toContain("own pages");
  expect(signals).toEqual([]);
});

it.each([{ widget: "1; drop table demo.signals" }, { kind: "other" }, { body: " " }, { body: "x".repeat(141) }])(
  "refuses %j",
  async (wrong) => {
    expect(await recordSignal(app, await headersOf("mia"), form(wrong))).toContain("up to 140 characters");
    expect(signals).toEqual([]);
  },
);

it("reports that there is no such widget, and that the database is away", async () => {
  expect(await recordSignal(app, await headersOf("mia"), form({ widget: "9" }))).toBe("There is no such widget.");
  expect(await recordSignal(app, await headersOf("mia"), form({ body: "fail" }))).toContain("is away");
});

async function headersOf(userId: string, origin = "http://localhost"): Promise<Headers> {
  const { seal } = await app.sessions.begin(userId);
  return new Headers({ host: "localhost", origin, cookie: `${SESSION_COOKIE}=${seal}` });
}

function form(values: Readonly<Record<string, string>>): FormData {
  const filled = new FormData();
  const all = { widget: "1", kind: "wish", body: "More light.", ...values };
  for (const [name, value] of Object.entries(all)) filled.set(name, value);
  return filled;
}
