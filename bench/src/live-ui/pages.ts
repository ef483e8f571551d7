import { each, html, type TemplateResult } from "@repo/live-ui";

export interface InvoiceRow {
  readonly id: number;
  readonly name: string;
  readonly amount: string;
}

/** The rows of a page. */
export function invoices(count: number): readonly InvoiceRow[] {
  return Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    name: `Customer number ${at + 1}`,
    amount: (((at * 37) % 1000) + 0.5).toFixed(2),
  }));
}

/** A page that is as long as a usual one, and shows a number. */
export function counterPage(count: number): TemplateResult {
  return inLayout(html`
    <h1 id="count" class="text-2xl font-bold">Count: ${count}</h1>
    <button id="inc" data-live-click="increase" class="btn btn-primary">+</button>
    <button id="dec" data-live-click="decrease" class="btn">-</button>
    <p class="hint">Press the buttons to change the counter; everyone sees the same value.</p>
  `);
}

export function invoicePage(rows: readonly InvoiceRow[]): TemplateResult {
  return inLayout(html`
    <h1 id="title" class="text-2xl font-bold">Invoices (${rows.length})</h1>
    <table class="w-full">
      <thead>
        <tr>
          <th>Id</th>
          <th>Name</th>
          <th>Amount</th>
          <th></th>
        </tr>
      </thead>
      <tbody id="rows">
        ${each(rows, ({ id }) => id, invoiceRow)}
      </tbody>
    </table>
  `);
}

/** What a visitor has typed, and what is wrong with it, by the name of the field. */
export interface SignUp {
  readonly email: string;
  readonly errors: Readonly<Record<string, string>>;
}

export function signUpPage({ email, errors }: SignUp): TemplateResult {
  return inLayout(html`
    <form id="signup" method="post" data-live-submit="sign-up" class="space-y-4">
      <label class="block">
        <span class="text-sm">Email</span>
        <input id="email" name="email" type="email" value="${email}" class="input w-full rounded border px-3 py-2" />
      </label>
      <span id="email-error" class="text-sm text-red-600">${errors["email"] ?? ""}</span>
      <label class="block">
        <span class="text-sm">Password</span>
        <input id="password" name="password" type="password" class="input w-full rounded border px-3 py-2" />
      </label>
      <span id="password-error" class="text-sm text-red-600">${errors["password"] ?? ""}</span>
      <button class="btn btn-primary">Sign up</button>
    </form>
  `);
}

function invoiceRow({ id, name, amount }: InvoiceRow): TemplateResult {
  return html`
    <tr id="row-${id}" class="border-b hover:bg-gray-50">
      <td class="px-4 py-2">${id}</td>
      <td id="row-${id}-name" class="px-4 py-2 font-medium">${name}</td>
      <td class="px-4 py-2 text-right">${amount}</td>
      <td class="px-4 py-2">
        <button class="btn btn-sm" data-live-click="remove" data-live-value-id="${id}">Delete</button>
      </td>
    </tr>
  `;
}

function inLayout(body: TemplateResult): TemplateResult {
  return html`
    <main id="app" class="mx-auto max-w-4xl p-6">
      <nav class="flex gap-4 border-b pb-2">
        <a href="/">Home</a><a href="/reports">Reports</a><a href="/settings">Settings</a>
      </nav>
      <section class="mt-6 rounded border p-4 shadow">${body}</section>
      <footer class="mt-8 text-sm text-gray-500"><p>Example Inc. All rights reserved.</p></footer>
    </main>
  `;
}
