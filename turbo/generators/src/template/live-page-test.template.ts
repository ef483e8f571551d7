import type { LivePageNames } from "../feature/live-page-names.js";

/** Proves what the page shows, does and refuses, and that its form needs no JavaScript. */
export function livePageTestTemplate({ page, pageModule, path, title }: LivePageNames): string {
  return `import { createLivePages } from "@repo/live-ui";
import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { ${page} } from "./${pageModule}";

it("renders a title, a form and an empty list", async () => {
  const page = await mountLive(${page});
  expect(page.title).toBe("${title}");
  expect(page.html()).toContain("<form");
  expect(page.html()).not.toContain("<li");
});

it("adds an item, and sends its row alone", async () => {
  const page = await mountLive(${page});
  await page.act("add", { text: "First" });
  await page.act("add", { text: " Second " });
  expect(page.html()).toMatch(/>First<.*>Second</s);
  expect(page.operations()).toMatchObject([{ kind: "append", target: "items" }]);
});

it.each([
  ["  ", "Write something first."],
  ["x".repeat(81), "Write at most 80 letters."],
])("refuses %j and says why", async (text, issue) => {
  const page = await mountLive(${page});
  await page.act("add", { text });
  expect(page.html()).toContain(issue);
  expect(page.html()).not.toContain("<li");
});

it("takes its form without JavaScript", async () => {
  const pages = createLivePages({
    pages: [${page}],
    secrets: ["a secret of tests, longer than 32 bytes"],
    authenticator: { authenticate: () => null },
  });
  const origin = "http://localhost";
  const opened = await (await pages.fetch(new Request(\`\${origin}${path}\`))).text();
  const hidden = opened.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const body = new URLSearchParams({ text: "First" });
  for (const [, name = "", value = ""] of hidden) body.append(name, value);
  const headers = { origin, host: "localhost" };
  const posted = await pages.fetch(new Request(\`\${origin}${path}\`, { method: "POST", headers, body }));
  const next = new URL(posted.headers.get("location") ?? "", origin);
  const cookie = posted.headers.get("set-cookie")?.split(";")[0] ?? "";
  const shown = await (await pages.fetch(new Request(next, { headers: { cookie } }))).text();
  expect(shown).toContain(">First</li>");
});
`;
}
