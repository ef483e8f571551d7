import type { Page } from "@playwright/test";
import { annotations, openThread, status, write } from "../annotations-page";
import { expect, test } from "../test";

test("what one person writes appears on the page of another who may see the widget, and nowhere else", async ({
  visit,
}) => {
  const mia = await openThread(await visit("mia"), "3");
  const sam = await openThread(await visit("sam"), "3"); // public, of a hub that Sam is no member of
  const before = await countOf(sam, 3);
  await write(mia, "wish", "A wish for everybody.");
  for (const page of [mia, sam]) {
    await expect(annotations(page).first()).toContainText("A wish for everybody.");
    await expect(page.getByTestId("widget 3")).toContainText(String(before + 1));
  }
  await expect(sam.getByTestId("widget 1")).toHaveCount(0); // private, of the same hub
  await openThread(sam, "1");
  await openThread(mia, "1");
  await write(mia, "defect", "Only for the hub.");
  await expect(annotations(mia).first()).toContainText("Only for the hub.");
  await openThread(mia, "3");
  await write(mia, "defect", "For everybody again."); // the server has sent all that came before it
  await expect(sam.getByTestId("widget 3")).toContainText(String(before + 2));
  await expect(sam.getByText("Nothing is written here yet")).toBeVisible();
});

test("a row that /hub inserts appears here: both show the same table", async ({ visit }) => {
  const mia = await openThread(await visit("mia"), "2");
  const sam = await visit("sam");
  await sam.goto("/hub");
  await sam.getByLabel("Widget", { exact: true }).selectOption("Crane board");
  await sam.getByLabel("What is it?").fill("Written at the hub.");
  await sam.getByRole("button", { name: "Insert" }).click();
  await expect(annotations(mia).first()).toContainText("Written at the hub.");
});

test("an annotation is created, changed and deleted, and everybody sees each step", async ({ visit }) => {
  const [mia, sam] = [await openThread(await visit("mia"), "3"), await openThread(await visit("sam"), "3")];
  await write(mia, "wish", "Step one.");
  const here = annotations(mia).filter({ hasText: "Step" });
  const there = annotations(sam).filter({ hasText: "Step" });
  await expect(there).toContainText("wish");
  await edit(mia, "Step one.", "Step two.");
  await expect(there).toContainText("Step two.");
  await expect(there.getByRole("button")).toHaveCount(0); // not Sam's
  await here.getByRole("button", { name: /^Delete/ }).click();
  for (const page of [mia, sam]) await expect(page.getByText("Step two.")).toHaveCount(0);
  await expect(mia.getByTestId("thread")).toBeFocused();
});

test("a change shows before the server replies", async ({ visit }) => {
  const mia = await openThread(await visit("mia"), "2");
  await mia.context().setOffline(true);
  await expect(status(mia)).toHaveAttribute("data-state", "stale");
  await write(mia, "friction", "Shown at once.");
  await expect(annotations(mia).first()).toContainText("Shown at once.");
  await expect(annotations(mia).first()).toContainText("will be sent");
  await edit(mia, "Crane 7 is listed twice.", "Crane 7 is listed three times.");
  await expect(status(mia)).toContainText("2 changes will be sent");
  const sam = await visit("sam");
  await mia.context().setOffline(false);
  await expect(status(mia)).toHaveAttribute("data-state", "live", { timeout: 60_000 });
  await expect(mia.getByText("will be sent")).toHaveCount(0);
  await expect(annotations(mia).first()).toContainText("Shown at once.");
  await mia.reload();
  for (const text of ["Shown at once.", "Crane 7 is listed three times."])
    await expect(annotations(mia).filter({ hasText: text })).toHaveCount(1);
  await expect(sam.getByText("Shown at once.")).toHaveCount(0);
});

test("two versions of one annotation are shown, and the author chooses", async ({ visit }) => {
  const [desk, phone] = [await openThread(await visit("mia"), "1"), await openThread(await visit("mia"), "1")];
  await write(desk, "wish", "Version one.");
  await openEdit(phone, "Version one.");
  await edit(desk, "Version one.", "Version of the desk.");
  await expect(phone.getByText("It has been changed elsewhere while you were writing.")).toBeVisible();
  await fillEdit(phone, "Version of the phone.");
  const conflict = phone.getByTestId("conflict");
  await expect(conflict).toContainText("This was changed elsewhere");
  await expect(conflict).toContainText("Version of the phone.");
  await expect(conflict).toContainText("Version of the desk.");
  await conflict.getByRole("button", { name: "Keep yours" }).click();
  await expect(conflict).toHaveCount(0);
  await expect(desk.getByText("Version of the phone.")).toBeVisible();

  await openEdit(phone, "Version of the phone.");
  await edit(desk, "Version of the phone.", "The desk again.");
  await fillEdit(phone, "The phone again.");
  await conflict.getByRole("button", { name: "Keep theirs" }).click();
  await expect(annotations(phone).filter({ hasText: "The desk again." })).toHaveCount(1);
  await expect(phone.getByText("The phone again.")).toHaveCount(0);
});

test("what was deleted elsewhere while it was edited can be added again", async ({ visit }) => {
  const [desk, phone] = [await openThread(await visit("mia"), "1"), await openThread(await visit("mia"), "1")];
  await write(desk, "wish", "To be deleted.");
  await phone.getByText("To be deleted.").waitFor();
  await phone.context().setOffline(true);
  await expect(status(phone)).toHaveAttribute("data-state", "stale");
  await edit(phone, "To be deleted.", "Too good to be deleted.");
  await annotations(desk)
    .filter({ hasText: "To be deleted." })
    .getByRole("button", { name: /^Delete/ })
    .click();
  await expect(desk.getByText("To be deleted.")).toHaveCount(0);
  await phone.context().setOffline(false);
  const conflict = phone.getByTestId("conflict");
  await expect(conflict).toContainText("This was deleted elsewhere.", { timeout: 60_000 });
  await conflict.getByRole("button", { name: "Add yours again" }).click();
  await expect(desk.getByText("Too good to be deleted.")).toBeVisible();
});

test("who may not write is refused by the database, sees why, and keeps the text", async ({ visit }) => {
  const sam = await openThread(await visit("sam"), "3");
  await write(sam, "wish", "From the south.");
  const refused = sam.getByTestId("refused");
  await expect(refused).toContainText("Not added. The user may not make this change.");
  await expect(refused).toContainText("From the south.");
  await expect(annotations(sam).filter({ hasText: "From the south." })).toHaveCount(0);
});

test("a new member gains rows on an open page, may write, and loses them again", async ({ visit }) => {
  const mia = await openThread(await visit("mia"), "5");
  const sam = await openThread(await visit("sam"), "5");
  await expect(mia.getByRole("heading", { name: "A widget that you do not see" })).toBeVisible();
  await sam.getByLabel("Mia is a member of South dock").check();
  await expect(annotations(mia).filter({ hasText: "Alarm stays red" })).toHaveCount(1);
  await expect(mia.getByRole("heading", { name: "Reefer alarms" })).toBeVisible();
  await write(mia, "wish", "Mia is here.");
  await expect(sam.getByText("Mia is here.")).toBeVisible();
  await sam.getByLabel("Mia is a member of South dock").uncheck();
  await expect(mia.getByText("Alarm stays red")).toHaveCount(0);
  await expect(annotations(mia).filter({ hasText: "Mia is here." })).toHaveCount(1); // her own
  await expect(mia.getByRole("heading", { name: "A widget that you do not see" })).toBeVisible();
});

test("a widget that becomes private leaves the open pages of others", async ({ visit }) => {
  const [mia, sam] = [await openThread(await visit("mia"), "4"), await openThread(await visit("sam"), "4")];
  await expect(mia.getByText("Remember my last filter.")).toBeVisible();
  await sam.getByRole("switch", { name: "Public" }).click();
  await expect(mia.getByText("Remember my last filter.")).toHaveCount(0);
  await expect(mia.getByTestId("widget 4")).toHaveCount(0);
  await sam.getByRole("switch", { name: "Public" }).click();
  await expect(mia.getByText("Remember my last filter.")).toBeVisible();
});

function openEdit(page: Page, text: string): Promise<void> {
  return annotations(page).filter({ hasText: text }).getByRole("button", { name: /^Edit/ }).click();
}

async function fillEdit(page: Page, text: string): Promise<void> {
  const form = page.getByRole("form", { name: "Edit annotation" });
  await form.getByLabel("Text").fill(text);
  await form.getByRole("button", { name: "Save" }).click();
}

async function edit(page: Page, text: string, next: string): Promise<void> {
  await openEdit(page, text);
  await fillEdit(page, next);
}

async function countOf(page: Page, widget: number): Promise<number> {
  const text = await page.getByTestId(`widget ${widget}`).innerText();
  return Number(/(\d+)/.exec(text)?.[1]);
}
