import { live, type LivePage } from "@repo/live-ui";
import { z } from "zod";
import { counterPage, invoicePage, invoices, signUpPage } from "./pages.js";

/** A counter, whose number is the state. */
export function counterAt(path: string): LivePage {
  return live(path, {
    state: z.object({ count: z.number().default(0) }),
    actions: { increase: { run: ({ state }) => void (state.count += 1) } },
    render: ({ state }) => counterPage(state.count),
  });
}

/** A table that so many rows are in; they are read for each render, and no part of the state. */
export function invoicesWith(count: number): LivePage {
  let rows = invoices(count);
  return live("/invoices", {
    state: z.object({}),
    actions: { add: { run: () => void (rows = invoices(rows.length + 1)) } },
    load: () => rows,
    render: ({ data }) => invoicePage(data),
  });
}

const credentials = z.object({
  email: z.string().min(1, "Email is required"),
  password: z.string().min(8, "Password is too short"),
});

/** A form whose errors are shown beside the fields. */
export function signUp(): LivePage {
  return live("/sign-up", {
    state: z.object({ email: z.string().default(""), errors: z.record(z.string(), z.string()).default({}) }),
    actions: {
      "sign-up": {
        input: credentials,
        invalid: ({ state, issues }) => void (state.errors = issues),
        run: ({ state }) => void (state.errors = {}),
      },
    },
    render: ({ state }) => signUpPage(state),
  });
}
