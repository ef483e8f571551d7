import { expect, test, visit } from "../test";

test("leads to every example, and keeps the transport", async ({ open, mode }) => {
  const page = await open("/");
  const links = page.locator(".examples a");
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const path of paths) {
    await page.locator(`.examples a[href="${path}"]`).click();
    await expect(page).toHaveURL(mode === "forms" ? `${path}` : `${path}?transport=${mode}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await visit(page, "/", mode); // its script keeps the transport, once it runs
  }
});

test("forbids scripts and styles that are not its own", async ({ request }) => {
  const { "content-security-policy": policy } = (await request.get("/")).headers();
  expect(policy).toContain("script-src 'self'; style-src 'self'");
  expect(policy).toContain("default-src 'none'");
  expect(await (await request.get("/")).text()).not.toMatch(/ style="|<style|<script>/);
});
