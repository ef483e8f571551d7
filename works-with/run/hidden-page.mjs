/* global document -- within the page */
import { openPoll } from "./two-windows.mjs";

const PATIENCE = { timeout: 60_000 };
const BACK = 'a[href="/log"]';
const ELSEWHERE = 'a[href="/elsewhere"]';

/**
 * A page that one has left and comes back to: Next keeps it hidden, and React undoes its effects. It shows what was published meanwhile,
 * in order and once; where that is more than the history has, a gap.
 */
export async function tryHiddenPage(browser, { port, path }) {
  const problems = [];
  try {
    const voter = await openPoll(browser, `http://localhost:${port}/polls`, { problems });
    const page = await (await browser.newContext()).newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(`http://localhost:${port}${path}`, PATIENCE);
    const before = Number(await voter.textContent("#yes"));
    const vote = async (times) => {
      for (let time = 0; time < times; time += 1) {
        const shown = Number(await voter.textContent("#yes"));
        await voter.click("#vote-yes");
        await voter.waitForFunction(
          (old) => document.getElementById("yes")?.textContent === String(old + 1),
          shown,
          PATIENCE,
        );
      }
    };
    let expected = await firstVote(page, vote, before);
    const from = () => Number(/\d+$/.exec(expected)[0]);
    await leave(page);
    await vote(2);
    await comeBack(page);
    expected = `${expected}, yes ${from() + 1}, yes ${from() + 2}`;
    await logs(page, expected);
    await leave(page);
    await vote(6); // the history has five
    const last = from() + 6;
    await comeBack(page);
    await logs(page, `${expected}, gap`);
    await vote(1);
    await logs(page, `${expected}, gap, yes ${last + 1}`);
    if (problems.length > 0) throw new Error(problems.join("\n"));
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}

/** Votes until the page shows it: it has subscribed by then. Returns what it shows. */
async function firstVote(page, vote, before) {
  for (let votes = 1; ; votes += 1) {
    await vote(1);
    const isShown = (count) => document.getElementById("log")?.textContent.endsWith(`yes ${count}`);
    const shown = await page.waitForFunction(isShown, before + votes, { timeout: 5_000 }).catch(() => undefined);
    if (shown) return page.textContent("#log");
    if (votes > 10) throw new Error(`The page shows no vote: ${await page.textContent("#log")}`);
  }
}

/** The page is kept in the document, and hidden. */
async function leave(page) {
  await page.click(ELSEWHERE);
  await page.waitForSelector("#elsewhere", PATIENCE);
  await page.waitForSelector("#log", { ...PATIENCE, state: "hidden" });
  if ((await page.locator("#log").count()) !== 1)
    throw new Error("Next does not keep the page that was left: nothing was tried.");
}

async function comeBack(page) {
  await page.click(BACK);
  await page.waitForSelector("#log", { ...PATIENCE, state: "visible" });
}

async function logs(page, text) {
  const isShown = (wanted) => document.getElementById("log")?.textContent === wanted;
  await page.waitForFunction(isShown, text, PATIENCE).catch(async () => {
    throw new Error(`The page shows "${await page.textContent("#log")}" in place of "${text}".`);
  });
}
