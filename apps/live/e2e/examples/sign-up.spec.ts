import { expect, test } from "../test";
import { operationsOf, repliesOf } from "../replies";

test("shows a message beside each field, and keeps what was typed", async ({ open }) => {
  const page = await open("/sign-up");
  await page.getByLabel("E-mail").fill("sam@example.com");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.locator("#name-issue")).toHaveText("Required.");
  await expect(page.locator("#email-issue")).toHaveText("There is an account with this address.");
  await expect(page.locator("#password-issue")).toHaveText("Too short: at least 12 characters.");
  await expect(page.getByLabel("E-mail")).toHaveValue("sam@example.com");
});

test("moves nothing when a message appears: a button stays under the pointer that presses it", async ({
  open,
  mode,
}) => {
  test.skip(mode === "forms", "a page is loaded for each action");
  const page = await open("/sign-up");
  const button = page.getByRole("button", { name: "Sign up" });
  const top = () => button.evaluate((element) => element.getBoundingClientRect().top + scrollY);
  const before = await top();
  await page.getByLabel("Password").fill("short");
  await page.getByLabel("E-mail").fill("nobody");
  await page.getByLabel("Name").focus();
  await expect(page.locator("#email-issue")).not.toBeEmpty();
  await expect(page.locator("#password-issue")).not.toBeEmpty();
  expect(await top()).toBe(before);
});

test("welcomes a user who has filled in everything, and can begin anew", async ({ open, mode }) => {
  const page = await open("/sign-up");
  await page.getByLabel("Name").fill("Mia");
  await page.getByLabel("E-mail").fill(`mia@${mode}.example`);
  await page.getByLabel("Password").fill("a long and dull password");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Welcome, Mia");
  await page.getByRole("button", { name: "Sign up another person" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("");
});

test("never keeps a password in the page", async ({ open }) => {
  const page = await open("/sign-up");
  await page.getByLabel("Password").fill("dull-secret");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.locator("#password-issue")).not.toBeEmpty();
  expect(await page.content()).not.toContain("dull-secret");
});

test("sends the messages and nothing else", async ({ open, mode }) => {
  test.skip(mode === "forms", "a page is loaded for each action");
  const page = await open("/sign-up");
  await page.getByLabel("Name").fill("M");
  await page.getByLabel("E-mail").fill("nobody");
  await page.getByLabel("Password").focus();
  await expect(page.locator("#name-issue")).toHaveText("Too short: at least 2 letters.");
  await expect(page.locator("#email-issue")).toHaveText("This is no e-mail address.");
  await page.getByLabel("Name").press("End");
  await page.getByLabel("Name").pressSequentially("ia");
  await expect(page.locator("#name-issue")).toBeEmpty();
  expect((await repliesOf(page)).flatMap(operationsOf)).toEqual([
    ["name-issue", "Too short: at least 2 letters."],
    ["email-issue", "This is no e-mail address."],
    ["password-issue", "Required."],
    ["name-issue", ""],
  ]);
  await expect(page.getByLabel("Name")).toHaveValue("Mia");
});
