import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite, type HtmxReply, type HtmxRequest } from "../testing/fake-site.js";

const SCRIPT = `import htmx from "htmx-4";
import { registerLive } from "./src/htmx/index.ts";
registerLive(htmx);
registerLive({ registerExtension: (_, extension) => (window.extension = extension) });
window.live = htmx;`;

const FORM = `<p id="note">first</p><form id="f" hx-post="/" hx-swap="none"><input id="text" name="text" value="a"><textarea id="area" name="area">a</textarea>
  <input id="check" type="checkbox" name="check"><input id="r1" type="radio" name="r" value="1" checked><input id="r2" type="radio" name="r" value="2">
  <select id="select" name="select"><option id="o1" selected>1</option><option id="o2">2</option><option id="o3">3</option></select>
  <details id="d"><summary id="s">more</summary>x</details><button id="save">save</button></form><button id="go" hx-post="/" hx-swap="none">go</button>`;

const CHANGED = FORM.replace("first", "second")
  .replace('value="a"', 'value="server"')
  .replace(">a</textarea>", ">server</textarea>")
  .replace('name="check"', 'name="check" checked')
  .replace('value="1" checked', 'value="1"')
  .replace('value="2"', 'value="2" checked')
  .replace(" selected>1", ">1")
  .replace('id="o3"', 'id="o3" selected');

interface HtmxExtension {
  htmx_before_request(element: Element | null, detail: object): void;
}

let site: FakeSite;
let requests: HtmxRequest[];
beforeEach(async () => {
  site = await openSite({ script: SCRIPT });
  requests = [];
});
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

const partial = (content: string) => `<hx-partial hx-target="#l1" hx-swap="innerMorph">${content}</hx-partial>`;

function replies(...bodies: readonly HtmxReply[]): void {
  site.html = (request) => {
    requests.push(request);
    return {
      headers: { "Live-Token": `t${requests.length}` },
      ...bodies[requests.length - 1],
      body: bodies[requests.length - 1]?.body ?? "",
    };
  };
}

it("sends the page's token and format, takes the new token, and sends one request after the other", async () => {
  const releases: (() => void)[] = [];
  site.html = async (request) => {
    requests.push(request);
    const number = requests.length;
    await new Promise<void>((resolve) => releases.push(resolve));
    return {
      headers: { "Live-Token": `t${number}` },
      body: `<hx-partial hx-target="#n" hx-swap="textContent">${number}</hx-partial>`,
    };
  };
  const page = await site.visit(
    `<p id="n"></p><button id="a" hx-post="/" hx-swap="none">a</button><button id="b" hx-post="/" hx-swap="none">b</button>`,
  );
  await page.click("#a");
  await page.click("#b");
  await expect.poll(() => releases.length).toBe(1);
  releases[0]?.();
  await expect.poll(() => releases.length).toBe(2);
  releases[1]?.();
  await expect.poll(() => page.textContent("#n")).toBe("2");
  expect(requests.map(({ headers }) => [headers["live-token"], headers["live-format"]])).toEqual([
    ["t0", "htmx-4"],
    ["t1", "htmx-4"],
  ]);
  expect(await page.getAttribute("#l1", "data-live-token")).toBe("t2");
});

it("sends the page's token to no other site, and takes none from there", async () => {
  const page = await site.visit(`<button id="a">a</button>`);
  const sent = await page.evaluate(async () => {
    const { extension } = window as unknown as { readonly extension: HtmxExtension };
    const headers: Readonly<Record<string, string>>[] = [];
    const fetch = async (_: string, request: { readonly headers: Readonly<Record<string, string>> }) => {
      headers.push(request.headers);
      return new Response("", { headers: { "Live-Token": "foreign" } });
    };
    const ctx = { request: { headers: {} }, fetch };
    extension.htmx_before_request(document.getElementById("a"), { ctx });
    await ctx.fetch("//evil.example/", ctx.request);
    return headers;
  });
  expect(sent).toEqual([{}]);
  expect(await page.getAttribute("#l1", "data-live-token")).toBe("t0");
});

it("keeps what is typed, chosen and opened through a morph that has not seen it, and shows the server's values once it has", async () => {
  replies({ body: partial(CHANGED) }, { body: partial(FORM.replace("first", "third")) });
  const page = await site.visit(FORM);
  const shown = () =>
    page.evaluate(() => [
      ...["#text", "#area", "#select"].map((id) => (document.querySelector(id) as HTMLInputElement).value),
      ...["#check", "#r1", "#r2"].map((id) => (document.querySelector(id) as HTMLInputElement).checked),
      document.querySelector("details")?.open,
    ]);
  await page.fill("#text", "typed");
  await page.fill("#area", "typed");
  await page.selectOption("#select", "2");
  await page.check("#check");
  await page.uncheck("#check");
  await page.click("#s");
  await page.click("#go");
  await expect.poll(() => page.textContent("#note")).toBe("second");
  expect(await shown()).toEqual(["typed", "typed", "2", false, false, true, true]);
  await page.click("#save");
  await expect.poll(() => page.textContent("#note")).toBe("third");
  expect(await shown()).toEqual(["a", "a", "1", false, true, false, true]);
  expect(requests[1]?.fields).toEqual({ text: "typed", area: "typed", r: "2", select: "2" });
});

it("merges what is no morph too: the text of a textarea, and options that are inserted", async () => {
  const change = (text: string, option: string) => ({
    body: `<hx-partial hx-target="#area" hx-swap="textContent">${text}</hx-partial><hx-partial hx-target="#select" hx-swap="beforeend"><option selected>${option}</option></hx-partial><hx-partial hx-target="#note" hx-swap="textContent">${text}</hx-partial>`,
  });
  replies(change("server", "4"), change("newer", "5"));
  const page = await site.visit(FORM);
  await page.fill("#area", "typed");
  await page.selectOption("#select", "2");
  await page.click("#go");
  await expect.poll(() => page.textContent("#note")).toBe("server");
  expect([await page.inputValue("#area"), await page.inputValue("#select")]).toEqual(["typed", "2"]);
  await page.click("#save");
  await expect.poll(() => page.textContent("#note")).toBe("newer");
  await expect.poll(() => page.inputValue("#area")).toBe("newer");
  expect(await page.inputValue("#select")).toBe("5");
});

it("resets a form when told, and takes the title", async () => {
  replies({
    headers: { "Live-Reset": "f%2F2 f", "Live-Title": "2%20rows" },
    body: partial(FORM.replace("first", "second")),
  });
  const page = await site.visit(FORM);
  await page.fill("#text", "typed");
  await page.click("#save");
  await expect.poll(() => page.inputValue("#text")).toBe("a");
  expect(await page.title()).toBe("2 rows");
  expect(requests[0]?.headers["live-event"]).toMatch(/^[\d-]{10,}$/);
});

it("leaves ignored elements and requests outside of pages alone", async () => {
  const inside = (text: string) =>
    `<div id="i" data-live-ignore class="${text}">${text}</div><p id="note">${text}</p><button id="go" hx-post="/" hx-swap="none">go</button>`;
  replies({ body: partial(inside("new")) });
  const page = await site.visit(inside("old"));
  await page.click("#go");
  await expect.poll(() => page.textContent("#note")).toBe("new");
  expect(await page.getAttribute("#i", "class")).toBe("new");
  expect(await page.textContent("#i")).toBe("old");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<button id="out" hx-post="/" hx-swap="none">out</button>');
    Reflect.get(window, "live").process(document.body);
  });
  await page.click("#out");
  await expect.poll(() => requests.length).toBe(2);
  expect(requests[1]?.headers["live-token"]).toBeUndefined();
});
