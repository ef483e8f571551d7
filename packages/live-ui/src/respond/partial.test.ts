import { expect, it } from "vitest";
import { html, raw } from "../template/html.js";
import { partial, partialsReply, respondPartials } from "./partial.js";
import { respondHtml } from "./respond-html.js";

it("replies with a template as HTML that is not stored", async () => {
  const response = respondHtml(html`<p>${"<b>"}</p>`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.text()).toMatch(/^<p id="[^"]+">&lt;b&gt;<\/p>$/);
});

it("replies to a form that is not valid with 422 and the field's error, and with headers of the handler", async () => {
  const response = respondHtml(raw("<p>The body is empty.</p>"), {
    status: 422,
    headers: { "hx-retarget": "#body-error", "cache-control": "private", "content-type": "text/plain" },
  });
  expect(response.status).toBe(422);
  expect(Object.fromEntries(response.headers)).toEqual({
    "hx-retarget": "#body-error",
    "cache-control": "private",
    "content-type": "text/html; charset=utf-8",
  });
});

it("gives ids of one template in two replies that a page can hold both", async () => {
  const row = () => respondHtml(html`<li>${1}</li>`).text();
  expect(await row()).not.toBe(await row());
});

it("refuses a plain text at run time too", () => {
  expect(() => Reflect.apply(respondHtml, undefined, ["<script>"])).toThrow(/Write html`…`, or raw/);
  expect(() => Reflect.apply(partial, undefined, ["#a", "innerHTML", "<b>"])).toThrow(TypeError);
});

it("replies with several changes", async () => {
  const changes = [partial("#list > li:first-child", "delete"), partial("#count", "textContent", html`${2}`)];
  const expected = `<hx-partial hx-target="#list &gt; li:first-child" hx-swap="delete"></hx-partial><hx-partial hx-target="#count" hx-swap="textContent">2</hx-partial>`;
  expect(await respondPartials(...changes).text()).toBe(expected);
  expect(partialsReply(changes, { status: 422 }).status).toBe(422);
});

it("refuses the swap morph with the names that htmx has", () => {
  expect(() => Reflect.apply(partial, undefined, ["#a", "morph", raw("")])).toThrow(
    `htmx has no swap "morph". Write "outerMorph" or "innerMorph".`,
  );
  expect(() => Reflect.apply(partial, undefined, ["#a", "outerhtml", raw("")])).toThrow(/Write one of innerHTML, /);
});

it("refuses content that would leave its partial", () => {
  expect(() => partial("#a", "innerHTML", raw("</hx-partial><p>"))).not.toThrow();
  expect(partial("#a", "innerHTML", raw("</hx-partial><p>")).html).toContain("</hx-partial ><p>");
  expect(() => partial("#a", "innerHTML", raw("</template><p>"))).toThrow(TypeError);
});
