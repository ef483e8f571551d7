import { setPriority } from "node:os";
import { chromium, type CDPSession, type Page } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { ServerProcess } from "../e2e/server-process";
import { signIn } from "../e2e/test";
import { Crowd } from "./crowd";

// How many frames a second Chromium paints of a board on which 50 cursors move, beside the same page while they rest: it states, and asserts
// nothing. Build first. Three processes share the machine: the server, Chromium, and this one, which is 50 clients over WebSockets.
const CURSORS = 50;
const ROUNDS = 2;
const SECONDS = 12; // of each measurement
const LONG_MS = 32; // two frames of 60 a second

interface Sample {
  /** Milliseconds between two frames. */
  readonly gaps: readonly number[];
  readonly seconds: number;
  readonly received: number;
  readonly acknowledged: number;
  readonly commits: number;
  /** CPU time of the page's main thread, in milliseconds a second. */
  readonly busyMs: number;
}

const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });
setPriority(10); // the server and the crowd, begun after the browser: on the machine of somebody who watches neither runs
const server = await ServerProcess.start("production", { CROWD: String(CURSORS) }, "scripts/crowded-server.ts");
const crowd = new Crowd(CURSORS, server);
try {
  await measure();
} finally {
  crowd.close();
  await browser.close();
  await server.stop();
}

async function measure(): Promise<void> {
  const page = await openBoard();
  const metrics = await page.context().newCDPSession(page);
  await metrics.send("Performance.enable", { timeDomain: "threadTicks" }); // what it has used, not what it has waited for
  console.log(
    `${CURSORS} cursors, ${ROUNDS} rounds of ${SECONDS} s, 1280 × 800, Chromium ${browser.version()} without a GPU`,
  );
  const [resting, moving]: [Sample[], Sample[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    resting.push(await sampleOf(page, metrics));
    const stop = crowd.move();
    await page.locator("[data-pointer][data-shown]").nth(CURSORS - 1).waitFor(); // prettier-ignore
    moving.push(await sampleOf(page, metrics));
    await stop();
    await page.locator("[data-pointer][data-shown]").first().waitFor({ state: "detached" });
  }
  const rates = [print(" 0 cursors move", resting), print(`${CURSORS} cursors move`, moving)] as const;
  console.log(`  ratio of the frames a second: ${(rates[1] / rates[0]).toFixed(3)}`);
}

/** The board of somebody who watches, with an element for the pointer of each in the crowd. */
async function openBoard(): Promise<Page> {
  const page = await (
    await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } })
  ).newPage();
  await page.addInitScript("globalThis.__name = (value) => value"); // the loader of this script has every named function call it
  await page.addInitScript(count);
  await signIn(page, "mia");
  await page.goto("/board");
  await page.locator("[data-testid=status-line][data-state=live]").waitFor();
  await page.locator("[data-pointer]").nth(CURSORS - 1).waitFor({ state: "attached" }); // prettier-ignore
  return page;
}

async function sampleOf(page: Page, metrics: CDPSession): Promise<Sample> {
  const before = { busy: await busySecondsOf(metrics), acknowledged: crowd.acknowledged };
  const seen = await framesOf(page);
  const busy = (await busySecondsOf(metrics)) - before.busy;
  return { ...seen, acknowledged: crowd.acknowledged - before.acknowledged, busyMs: (busy / seen.seconds) * 1_000 };
}

async function busySecondsOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
}

interface Counted {
  /** Pointer moves received. */
  moves: number;
  /** Renders that React has brought into the document. */
  commits: number;
}

/** Counts in the page what its socket receives, and React's renders as its developer tools would. */
function count(): void {
  const counted: Counted = { moves: 0, commits: 0 };
  window.WebSocket = new Proxy(WebSocket, {
    construct: (Target, [url, protocols]) => {
      const socket = new Target(url, protocols);
      socket.addEventListener("message", ({ data }) => {
        if (typeof data === "string") counted.moves += data.split('"x":').length - 1; // places alone have one
      });
      return socket;
    },
  });
  Object.assign(window, {
    counted,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: () => (counted.commits += 1),
    },
  });
}

async function framesOf(page: Page) {
  return page.evaluate(async (ms) => {
    const { counted } = window as unknown as { counted: Counted }; // put there by `count`
    const { moves, commits } = counted;
    const gaps: number[] = [];
    const began = await new Promise<number>(requestAnimationFrame);
    let last = began;
    while (last - began < ms) {
      const now = await new Promise<number>(requestAnimationFrame);
      gaps.push(now - last);
      last = now;
    }
    const seconds = (last - began) / 1_000;
    return { gaps, seconds, received: counted.moves - moves, commits: counted.commits - commits };
  }, SECONDS * 1_000);
}

/** Prints what the rounds had together; returns the frames a second. */
function print(what: string, samples: readonly Sample[]): number {
  const gaps = samples.flatMap((sample) => sample.gaps);
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
  const perSecond = (value: "received" | "acknowledged" | "commits") =>
    (samples.reduce((sum, sample) => sum + sample[value], 0) / seconds).toFixed(1);
  const rate = gaps.length / seconds;
  const long = (gaps.filter((gap) => gap > LONG_MS).length / gaps.length) * 100;
  const busyMs = samples.reduce((sum, sample) => sum + sample.busyMs, 0) / samples.length;
  console.log(
    `  ${what}: ${rate.toFixed(1)} frames a second, ${long.toFixed(2)} % over ${LONG_MS} ms, longest ${Math.max(...gaps).toFixed(0)} ms; ` +
      `${perSecond("received")} moves a second received of ${perSecond("acknowledged")} sent; ` +
      `main thread ${busyMs.toFixed(0)} ms of CPU a second; ${perSecond("commits")} renders of React a second`,
  );
  return rate;
}
