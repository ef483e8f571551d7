import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { Ledger } from "../data/ledger.js";
import { Members } from "../data/members.js";
import { signUpPage } from "./sign-up.page.js";

const VALID = { name: "Mia", email: "mia@example.com", password: "a long and dull password" };

function mount() {
  const ledger = new Ledger();
  const members = new Members(ledger);
  return { ledger, members, mounted: mountLive(signUpPage(members)) };
}

it("sends the message of the field that was left, and nothing else", async () => {
  const page = await mount().mounted;
  await page.act("check", { email: "sam@example.com" });
  expect(page.operations()).toEqual([
    { kind: "text", target: "email-issue", text: "There is an account with this address." },
  ]);
});

it("updates a message while the user types, and begins none", async () => {
  const page = await mount().mounted;
  await page.act("recheck", { name: "M" });
  expect(page.operations()).toEqual([]);
  await page.act("check", { name: "M" });
  await page.act("recheck", { name: "Mi" });
  expect(page.operations()).toEqual([{ kind: "text", target: "name-issue", text: "" }]);
});

it("keeps what was typed for a browser without JavaScript, but no password", async () => {
  const page = await mount().mounted;
  await page.act("sendForm", { ...VALID, email: "mia" });
  expect(page.html()).toContain('value="Mia"');
  expect(page.html()).toContain("This is no e-mail address.");
  expect(page.html()).not.toContain(VALID.password);
  expect(Buffer.from(page.token.split(".")[2] ?? "", "base64url").toString()).not.toContain(VALID.password);
});

it("signs up whose fields are all right, once for an address", async () => {
  const { ledger, members, mounted } = mount();
  const page = await mounted;
  await page.act("signUp", VALID);
  expect(page.html()).toContain("Welcome, Mia");
  expect(members.has("MIA@example.com")).toBe(true);
  await page.act("again");
  await page.act("signUp", VALID);
  expect(page.html()).toContain("There is an account with this address.");
  expect(ledger.count).toBe(1);
});
