import { expect, it } from "vitest";
import { html } from "./html.js";
import { renderToString } from "./render-to-string.js";
import type { TemplateResult } from "./template-result.js";

const fieldsOf = (template: TemplateResult) =>
  renderToString(template, { root: "p", hiddenFields: () => "TOKEN" }).includes("TOKEN");
const x = "//evil.example";

it.each([
  ["another site", html`<form method="post" action="https://pay.example/"></form>`],
  ["another site, with the scheme of the page", html`<form method="post" action="//pay.example/"></form>`],
  ["another site, as browsers read it", html`<form method="post" action=" /\\pay.example/"></form>`],
  ["another site, without slashes", html`<form method="post" action="http:pay.example"></form>`],
  ["another site, with references", html`<form method="post" action="&#47;&#x2f;pay.example/"></form>`],
  [
    "another site, with a reference that is not known",
    html`<form method="post" action="&sol;&sol;pay.example"></form>`,
  ],
  ["an address of letters", html`<form method="POST" action="mailto:a@example.org"></form>`],
  ["any address", html`<form method="post" action="${"/own"}"></form>`],
  ["any host", html`<form method="post" action="/${x}"></form>`],
  ["any host behind space", html`<form method="post" action=" ${x}"></form>`],
])("puts no token into a form that is sent to %s", (_where, template) => {
  expect(fieldsOf(template)).toBe(false);
});

it.each([
  ["its page", html`<form method="post"></form>`],
  ["its page, by an empty address", html`<form method="post" action=""></form>`],
  ["a path", html`<form method="post" action="/boards/7"></form>`],
  ["a path below", html`<form method="post" action="save"></form>`],
  ["a query", html`<form method="post" action="?tab=${x}"></form>`],
  ["a path with a value", html`<form method="post" action="/boards/${x}"></form>`],
])("puts the token into a form that is sent to %s", (_where, template) => {
  expect(fieldsOf(template)).toBe(true);
});
