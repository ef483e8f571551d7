import type { LivePage } from "@repo/live-ui";
import { counterAt, invoicesWith, signUp } from "./live-pages.js";
import type { OtherPage } from "./other-formats.js";
import { counterPage, invoicePage, invoices, signUpPage } from "./pages.js";

/** A page, one action of it, and what others would show after it. */
export interface BytePage {
  readonly other: OtherPage;
  /** The page anew; of one with rows, with so many. */
  readonly page: (rows?: number) => LivePage;
  readonly action: string;
  readonly input: object;
  /** How many rows the page has where the action is run twice, so that the second finds 100 of them. */
  readonly before?: number;
}

const rows101 = invoices(101);
const last = rows101[100] ?? { id: 101, name: "", amount: "" };
const errors = { email: "Email is required", password: "Password is too short" };
const row = { 0: "101", 1: "101", 2: "101", 3: last.name, 4: last.amount, 5: ' phx-value-id="101"' };

/** The three pages whose replies are weighed. */
export const BYTE_PAGES: readonly BytePage[] = [
  {
    other: {
      name: "counter",
      shown: counterPage(1),
      livewire: { data: { count: 1 }, errors: [] },
      liveView: { 0: "1" },
    },
    page: () => counterAt("/counter"),
    action: "increase",
    input: {},
  },
  {
    other: {
      name: "a row appended to 100",
      shown: invoicePage(rows101),
      livewire: { data: {}, errors: [] }, // the rows are no property: each reply would bring all of them twice
      liveView: { 0: "101", 1: { k: { 100: row, kc: 101 } } },
    },
    page: (rows = 100) => invoicesWith(rows),
    action: "add",
    input: {},
    before: 99,
  },
  {
    other: {
      name: "form errors",
      shown: signUpPage({ email: "", errors }),
      livewire: {
        data: { email: "", password: "" },
        errors: { email: [errors.email], password: [errors.password] },
      },
      liveView: { 1: errors.email, 2: errors.password },
    },
    page: () => signUp(),
    action: "sign-up",
    input: { email: "", password: "" },
  },
];
