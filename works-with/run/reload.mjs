/* global document, window -- within the page */
import { openPoll, shows } from "./two-windows.mjs";

const PATIENCE = { timeout: 90_000 };
const HANDLER = "realtime/polls.handler.ts";
const PAGE = "app/polls/page.tsx";

/**
 * An app in development: a changed handler counts the next vote, without a restart and on the connection that is open; a changed page is
 * shown by hot reload, without loading the document anew.
 */
export async function tryReload(browser, { port, path, edit }) {
  const problems = [];
  try {
    const page = await openPoll(browser, `http://localhost:${port}${path}`, { problems });
    await page.evaluate(() => (window.isSameDocument = true));
    await page.click("#vote-yes");
    await shows(page, "yes", 1);
    let disconnects = 0;
    page.on("websocket", () => (disconnects += 1)); // a lost connection is opened again
    edit({ file: HANDLER, from: "before[payload.answer] + 1 }", to: "before[payload.answer] + 100 }" });
    await votesUntil(page, (votes) => votes >= 100);
    edit({ file: PAGE, from: "Pizza for lunch?", to: "Sushi for lunch?" });
    await page.waitForFunction(
      () => document.querySelector("h1")?.textContent === "Sushi for lunch?",
      undefined,
      PATIENCE,
    );
    if (!(await page.evaluate(() => window.isSameDocument))) throw new Error("The page was loaded anew.");
    if (disconnects > 0) throw new Error("The connection was lost by the change of a handler.");
    if (problems.length > 0) throw new Error(problems.join("\n"));
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}

/** Votes until what is shown is enough: the change takes effect some moments after it was saved. */
async function votesUntil(page, isEnough) {
  const deadline = Date.now() + PATIENCE.timeout;
  for (let shown = 0; !isEnough(shown);) {
    if (Date.now() > deadline)
      throw new Error(`The changed handler did not take effect: the page shows ${shown} votes.`);
    const before = await page.textContent("#yes");
    await page.click("#vote-yes");
    await page.waitForFunction((old) => document.getElementById("yes")?.textContent !== old, before, PATIENCE);
    shown = Number(await page.textContent("#yes"));
  }
}
