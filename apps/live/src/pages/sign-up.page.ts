import { html, live } from "@repo/live-ui";
import { z } from "zod";
import type { Members } from "../data/members.js";

const FIELDS = {
  name: z.string().trim().min(1, "Required.").min(2, "Too short: at least 2 letters.").max(60, "At most 60 letters."),
  email: z.string().trim().min(1, "Required.").pipe(z.email("This is no e-mail address.")),
  password: z
    .string()
    .min(1, "Required.")
    .min(12, "Too short: at least 12 characters.")
    .max(200, "At most 200 characters."),
};
const form = z.object(FIELDS);
type Field = keyof typeof FIELDS;

const text = z.string().max(200);
const issues = z.object({ name: text, email: text, password: text });
const NO_ISSUES = { name: "", email: "", password: "" };

/** A form that is checked while the user fills it in. Only messages are sent; what was typed stays in the browser. */
export function signUpPage(members: Members) {
  const refused = (email: string) => (members.has(email) ? "There is an account with this address." : "");

  function issueOf(field: Field, value: string): string {
    const { error } = FIELDS[field].safeParse(value);
    return error?.issues[0]?.message ?? (field === "email" ? refused(value.trim()) : "");
  }

  return live("/sign-up", {
    state: z.object({
      /** Of a form without JavaScript, whose page is loaded anew; never the password. */
      typed: z.object({ name: text, email: text }).default({ name: "", email: "" }),
      issues: issues.default(NO_ISSUES),
      welcome: text.default(""),
    }),
    actions: {
      /** A field was left. */
      check: {
        input: issues.partial(),
        run: ({ state, input }) => {
          for (const field of fieldsOf(input)) state.issues[field] = issueOf(field, input[field] ?? "");
        },
      },
      /** A field is being typed in: a message that is shown follows, a new one waits until the field is left. */
      recheck: {
        input: issues.partial(),
        run: ({ state, input }) => {
          for (const field of fieldsOf(input))
            if (state.issues[field] !== "") state.issues[field] = issueOf(field, input[field] ?? "");
        },
      },
      signUp: { input: issues.partial(), run: ({ state, input }) => signUp(state, input) },
      /** The same for a browser without JavaScript: what was typed has to be in the next page. */
      sendForm: {
        input: issues.partial(),
        run: ({ state, input: { name = "", email = "", password = "" } }) => {
          state.typed = { name, email };
          signUp(state, { name, email, password });
        },
      },
      again: { run: ({ state }) => void Object.assign(state, { welcome: "", issues: { ...NO_ISSUES } }) },
    },
    title: () => "Sign up",
    render: ({ state }) => html`
      <header class="intro">
        <h1>Sign up</h1>
        <p class="quiet">
          Fields are checked when they are left, and messages follow while you type. The server sends the message that
          has changed and nothing else. The address sam@example.com is taken.
        </p>
      </header>
      ${state.welcome === "" ? fields(state) : welcome(state.welcome)}
    `,
  });

  function signUp(state: SignUpState, given: Partial<Record<Field, string | undefined>>): void {
    for (const field of fieldsOf(FIELDS)) state.issues[field] = issueOf(field, given[field] ?? "");
    const { success, data } = form.safeParse(given);
    if (!success || members.has(data.email)) return;
    members.add(data.email, data.name);
    Object.assign(state, { welcome: data.name, typed: { name: "", email: "" } });
  }
}

interface SignUpState {
  typed: { name: string; email: string };
  issues: Record<Field, string>;
  welcome: string;
}

function fieldsOf(input: Partial<Record<Field, unknown>>): readonly Field[] {
  return (Object.keys(FIELDS) as Field[]).filter((field) => input[field] !== undefined);
}

function fields({ typed, issues: { name, email, password } }: SignUpState) {
  return html`<form id="sign-up" method="post" data-live-submit="signUp" data-live-disable novalidate class="card form">
    <input type="hidden" name="live-action" value="sendForm" />
    <div class="field">
      <label for="name">Name</label>
      <input
        id="name"
        name="name"
        value="${typed.name}"
        maxlength="200"
        autocomplete="name"
        aria-describedby="name-issue"
        data-live-blur="check"
        data-live-input="recheck"
        data-live-debounce="300"
      />
      <p id="name-issue" class="issue" aria-live="polite">${name}</p>
    </div>
    <div class="field">
      <label for="email">E-mail</label>
      <input
        id="email"
        name="email"
        type="email"
        value="${typed.email}"
        maxlength="200"
        autocomplete="email"
        aria-describedby="email-issue"
        data-live-blur="check"
        data-live-input="recheck"
        data-live-debounce="300"
      />
      <p id="email-issue" class="issue" aria-live="polite">${email}</p>
    </div>
    <div class="field">
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        maxlength="200"
        autocomplete="new-password"
        aria-describedby="password-issue"
        data-live-blur="check"
        data-live-input="recheck"
        data-live-debounce="300"
      />
      <p id="password-issue" class="issue" aria-live="polite">${password}</p>
    </div>
    <div class="buttons"><button class="primary">Sign up</button></div>
  </form>`;
}

function welcome(name: string) {
  return html`<section class="card prose" role="status">
    <h2>Welcome, ${name}</h2>
    <p>Nothing was stored but in the memory of this server, which forgets it when it stops.</p>
    <form method="post" data-live-submit="again"><button>Sign up another person</button></form>
  </section>`;
}
