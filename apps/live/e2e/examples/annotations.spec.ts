import { sendTwice } from "../send-twice";
import { expect, test } from "../test";

test("posts an annotation, and begins an empty one", async ({ open, mode }) => {
  const page = await open("/annotations/churn");
  const text = `Posted over ${mode} <b>&</b>`;
  await page.getByLabel("Kind").selectOption("idea");
  await page.getByLabel("Annotation").fill(text);
  await page.getByRole("button", { name: "Post" }).click();
  const entry = page.locator("#thread li", { hasText: text });
  await expect(entry).toHaveCount(1);
  await expect(entry.locator(".tag")).toHaveText("idea");
  await expect(page.getByLabel("Annotation")).toHaveValue("");
});

test("shows a preview", async ({ open, mode }) => {
  const page = await open("/annotations/revenue");
  await page.getByLabel("Kind").selectOption("problem");
  await page.getByLabel("Annotation").fill("The axis begins at 40.");
  if (mode === "forms") await page.getByRole("button", { name: "Preview" }).click();
  else await expect(page.getByRole("button", { name: "Preview" })).toBeHidden();
  await expect(page.locator("#preview")).toHaveText("The axis begins at 40.");
  await expect(page.locator(".preview .tag")).toHaveText("problem");
  await expect(page.getByLabel("Annotation")).toHaveValue("The axis begins at 40.");
});

test("names what is missing", async ({ open }) => {
  const page = await open("/annotations/revenue");
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.locator("#body-issue")).toHaveText("Write something first.");
});

test("posts once for a double click", async ({ open, mode }) => {
  const page = await open("/annotations/support");
  const text = `Twice over ${mode}`;
  await page.getByLabel("Annotation").fill(text);
  await page.getByRole("button", { name: "Post" }).dblclick();
  await expect(page.locator("#thread li", { hasText: text })).toHaveCount(1);
  await expect(page.getByLabel("Annotation")).toHaveValue("");
  await page.reload();
  await expect(page.locator("#thread li", { hasText: text })).toHaveCount(1);
});

test("posts once for a form that is sent twice", async ({ page, open, mode }) => {
  test.skip(mode !== "forms", "the others disable the button");
  await open("/annotations/churn");
  await page.getByLabel("Annotation").fill("Sent twice");
  await sendTwice(page, "post");
  await page.reload();
  await expect(page.locator("#thread li", { hasText: "Sent twice" })).toHaveCount(1);
});

test("pushes what others post, and keeps what is being typed", async ({ open, openElsewhere, mode }) => {
  test.skip(mode === "forms" || mode === "ajax", "without a connection nothing is pushed");
  const page = await open("/annotations/support");
  const other = await openElsewhere("/annotations/support", "forms");
  await page.getByLabel("Annotation").fill("not posted yet");
  await other.getByLabel("Annotation").fill(`Pushed over ${mode}`);
  await other.getByRole("button", { name: "Post" }).click();
  await expect(page.locator("#thread li").first()).toContainText(`Pushed over ${mode}`);
  await expect(page.getByLabel("Annotation")).toHaveValue("not posted yet");
});

test("does not find a widget that there is not", async ({ request }) => {
  expect((await request.get("/annotations/nothing")).status()).toBe(404);
});
