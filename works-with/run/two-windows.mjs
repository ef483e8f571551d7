/* global document -- within the page */
import { CuttableProxy } from "./cuttable-proxy.mjs";

const PATIENCE = { timeout: 60_000 };

/**
 * The smoke test of a new server: the poll in two windows of Chromium. A vote in one shows in the other; one loses its connection, misses
 * two votes, and shows them when it is back. Where `webSocketPath` is given, a WebSocket has to be open there. Returns the votes that it shows in the end. Throws where it does not show them, or where a page reports an error.
 */
export async function tryTwoWindows(browser, { port, path, webSocketPath }) {
  const proxy = new CuttableProxy(port);
  const problems = [];
  const sockets = [];
  try {
    const proxied = await proxy.listen();
    const mia = await openPoll(browser, `http://localhost:${port}${path}`, { problems, sockets });
    const sam = await openPoll(browser, `http://localhost:${proxied}${path}`, { problems });
    await mia.click("#vote-yes");
    await shows(sam, "yes", 1);
    if (webSocketPath && !sockets.some((url) => new URL(url).pathname === webSocketPath))
      throw new Error(`No WebSocket is open at ${webSocketPath}: ${sockets.join(", ")}`);
    await sam.click("#vote-no");
    await shows(mia, "no", 1);
    proxy.cut();
    await hasStatus(sam, { isSubscribed: false });
    await mia.click("#vote-yes");
    await mia.click("#vote-yes");
    await shows(mia, "yes", 3);
    proxy.restore();
    await shows(sam, "yes", 3);
    await hasStatus(sam, { isSubscribed: true });
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return { yes: await votesOf(sam, "yes"), no: await votesOf(sam, "no") };
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await proxy.close();
  }
}

/** Opens the page, and waits until it is subscribed. Its errors go to `problems`, the addresses of its WebSockets that received something to `sockets`. */
export async function openPoll(browser, url, { problems, sockets = [] }) {
  const page = await (await browser.newContext()).newPage();
  page.on("websocket", (socket) => socket.once("framereceived", () => sockets.push(socket.url())));
  page.on("pageerror", (error) => problems.push(`${url}: ${error.message}`));
  await page.goto(url, PATIENCE);
  await hasStatus(page, { isSubscribed: true });
  return page;
}

const votesOf = async (page, answer) => Number(await page.textContent(`#${answer}`));

function hasStatus(page, { isSubscribed }) {
  const isReached = (wanted) => (document.getElementById("status")?.textContent === "subscribed") === wanted;
  return page.waitForFunction(isReached, isSubscribed, PATIENCE);
}

/** Waits until the page shows so many votes. */
export function shows(page, answer, votes) {
  const isShown = ([id, wanted]) => document.getElementById(id)?.textContent === String(wanted);
  return page.waitForFunction(isShown, [answer, votes], PATIENCE);
}
