import { chromium, type Page } from "@playwright/test";
import { PgClient } from "@repo/realtime-postgres";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { ServerProcess } from "../e2e/server-process";
import { signIn } from "../e2e/test";

// How long it takes from an INSERT in a Postgres server until its row is painted in Chromium: it states, and asserts nothing. Build first, and
// set DATABASE_URL to a database of its own.
const WARM_UP = 30;
const RUNS = 200;
const PAUSE_MS = 60; // between two rows: each is a change of its own

/** When a row was in the document, and when the frame with it had been painted; milliseconds since 1970. */
interface Arrival {
  readonly inDocument: number;
  readonly painted: number;
}

const connectionString = process.env["DATABASE_URL"];
if (!connectionString) throw new TypeError("Set DATABASE_URL to a database that this may fill, on a Postgres server.");
const server = await ServerProcess.start("production", { DATABASE_URL: connectionString });
const client = new PgClient({ connectionString });
try {
  console.log(`INSERT → row, ${RUNS} rows one after the other, a list of 50, Postgres ${await versionOf(client)}`);
  await measure();
} finally {
  await client.close();
  await server.stop();
}

async function measure(): Promise<void> {
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await signIn(page, "mia");
  await page.goto("/annotations?widget=1");
  await page.locator("[data-testid=thread-status][data-state=live]").waitFor();
  await noteArrivals(page);
  const samples: Awaited<ReturnType<typeof insertOne>>[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    const sample = await insertOne(client, page, `probe ${run}`);
    if (run >= WARM_UP) samples.push(sample);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  print(
    "begin of the INSERT → in the document",
    samples.map(({ begun, inDocument }) => inDocument - begun),
  );
  print(
    "begin of the INSERT → painted",
    samples.map(({ begun, painted }) => painted - begun),
  );
  print(
    "reply to the INSERT → painted",
    samples.map(({ replied, painted }) => painted - replied),
  );
  await browser.close();
}

async function insertOne(sql: PgClient, page: Page, body: string) {
  const begun = now();
  await sql.query(
    "insert into demo.annotations (hub_id, widget_id, category, body, author) values ('north', 1, 'wish', $1, 'ben')",
    [body],
  );
  const replied = now();
  const arrival = await page.waitForFunction(
    (wanted) => (window as unknown as { arrivals: Record<string, unknown> }).arrivals[wanted], // put there by `noteArrivals`
    body,
  );
  return { begun, replied, ...((await arrival.jsonValue()) as Arrival) };
}

async function noteArrivals(page: Page): Promise<void> {
  await page.evaluate(() => {
    const arrivals: Record<string, Arrival> = {};
    Object.assign(window, { arrivals });
    const list = document.querySelector("[data-testid=thread]");
    // No named functions here: the loader of this script would have them call a function that the page does not have.
    const observer = new MutationObserver(() => {
      const text = document.querySelector("[data-testid=annotation] p + p")?.textContent ?? "";
      const body = /probe \d+/.exec(text)?.[0];
      if (body === undefined || body in arrivals) return;
      const inDocument = performance.timeOrigin + performance.now();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          arrivals[body] = { inDocument, painted: performance.timeOrigin + performance.now() }; // the first task after the frame
        };
        port2.postMessage(0);
      });
    });
    if (list) observer.observe(list, { childList: true, subtree: true, characterData: true });
  });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function print(what: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  console.log(`  ${what}: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`);
}

async function versionOf(sql: PgClient): Promise<string> {
  const [row] = await sql.query<{ readonly version: string }>("select current_setting('server_version') as version");
  return row?.version ?? "";
}
