/* global document -- within the page */
import { CuttableProxy } from "./cuttable-proxy.mjs";

const PATIENCE = { timeout: 60_000 };

/**
 * The smoke test: the poll in two windows of Chromium. A vote in one shows in the other; one loses its connection, misses
 * two votes, and shows them when it is back. Throws where it does not, or where a page reports an error.
 */
export async function tryTwoWindows(browser, { port, path }) {
  const proxy = new CuttableProxy(port);
  const problems = [];
  try {
    const proxied = await proxy.listen();
    const mia = await openPoll(browser, `http://localhost:${port}${path}`, problems);
    const sam = await openPoll(browser, `http://localhost:${proxied}${path}`, problems);
    const before = await votesOf(mia, "yes");
    await mia.click("#vote-yes");
    await shows(sam, "yes", before + 1);
    await sam.click("#vote-no");
    const noes = await votesOf(sam, "no");
    await mia.waitForFunction(() => Number(document.querySelector("#no")?.textContent) > 0, undefined, PATIENCE);
    proxy.cut();
    await sam.waitForFunction(
      () => document.querySelector("#status")?.textContent !== "subscribed",
      undefined,
      PATIENCE,
    );
    await mia.click("#vote-yes");
    await mia.click("#vote-yes");
    await shows(mia, "yes", before + 3);
    proxy.mend();
    await shows(sam, "yes", before + 3);
    await sam.waitForFunction(
      () => document.querySelector("#status")?.textContent === "subscribed",
      undefined,
      PATIENCE,
    );
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return { votes: { yes: before + 3, no: noes } };
  } finally {
    await proxy.close();
  }
}

async function openPoll(browser, url, problems) {
  const page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => problems.push(`${url}: ${error.message}`));
  await page.goto(url, PATIENCE);
  await page.waitForFunction(
    () => document.querySelector("#status")?.textContent === "subscribed",
    undefined,
    PATIENCE,
  );
  return page;
}

const votesOf = async (page, answer) => Number(await page.textContent(`#${answer}`));

function shows(page, answer, votes) {
  const isShown = ([id, wanted]) => document.getElementById(id)?.textContent === String(wanted);
  return page.waitForFunction(isShown, [answer, votes], PATIENCE);
}
