import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { chromium, type Page } from "@playwright/test";
import { createRealtimeClient } from "@repo/realtime-client";
import { ws } from "@repo/realtime-client/ws";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { boardCursorsChannel } from "@repo/tasks";
import { signIn } from "../e2e/test";
import { theApp } from "../src/server/the-app";

// How many frames a second Chromium paints of a board on which 50 cursors move, beside the same board at rest: it states, and asserts
// nothing. Build first. The app runs in this process; 50 connections are on the board, and a place of each is broadcast 12 times a second.
const CURSORS = 50;
const PER_SECOND = 12; // what a hand that moves sends
const SECONDS = 10;

const port = await freePort();
Object.assign(process.env, {
  PORT: String(port),
  HOST: "127.0.0.1",
  BOARD_DATA: "memory",
  SQL_DATA: "memory",
  SESSION_SECRET: "measured, and nothing but measured: 32",
  DEMO_SIGN_IN: "1",
});
await import("../server");
const url = `http://127.0.0.1:${port}`;
const hands = await Promise.all(Array.from({ length: CURSORS }, openHand));
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });
const page = await (await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } })).newPage();
await page.addInitScript(countCommits);
await signIn(page, "mia");
await page.goto("/board");
await page.locator("[data-testid=status-line][data-state=live]").waitFor();
await page
  .locator("[data-pointer]")
  .nth(CURSORS - 1)
  .waitFor({ state: "attached" });

const lines: string[] = [];
process.on("exit", () => console.log(lines.join("\n"))); // below all that the app logs
lines.push(`${CURSORS} cursors, each ${PER_SECOND} times a second, ${SECONDS} s, 1280 × 800, Chromium without a GPU`);
print("at rest", await framesOf(page));
const stop = moveHands();
await page
  .locator("[data-pointer][data-shown]")
  .nth(CURSORS - 1)
  .waitFor();
print("50 cursors move", await framesOf(page));
stop();
await browser.close();
process.kill(process.pid, "SIGTERM"); // the app drains, and ends the process

/** A connection on the board; resolves with its id. */
async function openHand(): Promise<string> {
  const auth = () => theApp().demoTokens.seal("sam");
  const client = createRealtimeClient({ url: `${url}/realtime`, transports: [ws()], auth });
  client.channel("entity:task").subscribe({});
  return new Promise((resolve) => {
    client.watch(() => client.state.status === "connected" && resolve(client.state.connectionId));
  });
}

/** Lets each hand go round in a circle of its own, as evenly spread over time as hands are. */
function moveHands(): () => void {
  let step = 0;
  const timer = setInterval(
    () => {
      const hand = step % CURSORS;
      const angle = step / CURSORS / 4 + hand;
      const x = 0.5 + 0.45 * Math.cos(angle) * Math.cos(hand);
      const y = 0.5 + 0.45 * Math.sin(angle);
      const place = { x, y, connectionId: hands[hand] ?? "", userId: "sam" };
      void theApp().realtime.broadcast(boardCursorsChannel, place, { sender: { type: "user", id: "sam" } });
      step += 1;
    },
    1_000 / (CURSORS * PER_SECOND),
  );
  return () => clearInterval(timer);
}

interface Frames {
  /** Milliseconds between two frames. */
  readonly gaps: readonly number[];
  /** Renders of React in the same time. */
  readonly commits: number;
}

async function framesOf(on: Page): Promise<Frames> {
  // No named functions in what the page runs: the loader of this script would have them call a function that the page does not have.
  return on.evaluate(async (ms) => {
    const counted = window as unknown as { commits: number }; // put there by `countCommits`
    const before = counted.commits;
    const gaps: number[] = [];
    const began = performance.now();
    let last = await new Promise<number>(requestAnimationFrame);
    while (last - began < ms) {
      const now = await new Promise<number>(requestAnimationFrame);
      gaps.push(now - last);
      last = now;
    }
    return { gaps, commits: counted.commits - before };
  }, SECONDS * 1_000);
}

/** Counts the renders that React has brought into the document, as its developer tools would. */
function countCommits(): void {
  Object.assign(window, {
    commits: 0,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: () => ((window as unknown as { commits: number }).commits += 1),
    },
  });
}

function print(what: string, { gaps, commits }: Frames): void {
  const sorted = [...gaps].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const rate = ((gaps.length / total) * 1_000).toFixed(1);
  const late = gaps.filter((gap) => gap > 25).length; // more than one frame and a half
  lines.push(
    `  ${what}: ${rate} frames a second; between two p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms; ` +
      `${late} of ${gaps.length} late; ${commits} renders of React`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo; // a string only where it listens on a pipe
  server.close();
  await once(server, "close");
  return free;
}
