import { noRawHtml } from "./no-raw-html.ts";
import { ruleTester } from "./testing/rule-tester.ts";

const filename = "packages/orders/src/order-board.page.ts";
const computed = [{ messageId: "computed" }] as const;
const passed = [{ messageId: "passed" }] as const;
const withRaw = (code: string) => `import { raw } from "@repo/live-ui"; ${code}`;

ruleTester.run("no-raw-html", noRawHtml, {
  invalid: [
    ...[
      "raw(order.note);",
      "raw(`<b>${order.note}</b>`);",
      'raw("<b>" + order.note + "</b>");',
      'raw(isShort ? "<b>" : order.note);',
      "raw(sanitised(order.note));",
      "raw(order.note as string);",
      "raw(...notes);",
      "raw();",
      'let note = "<b>"; note = order.note; raw(note);',
      "const note = order.note; raw(note);",
      'const { note } = { note: "<b>" }; raw(note);',
      'const { note = order.note } = "<b>"; raw(note);',
      'const note = "<b>"; function bold(note: string) { return raw(note); }',
      "const note: string = note + 1; raw(note);",
      "const a: string = b; const b: string = a; raw(a);",
    ].map((code) => ({ name: `refuses ${code}`, code: withRaw(code), filename, errors: computed })),
    ...["notes.map(raw);", "const print = raw;", "export const tools = { raw };"].map((code) => ({
      name: `refuses to pass it on: ${code}`,
      code: withRaw(code),
      filename,
      errors: passed,
    })),
    ...[
      'import { raw as html } from "@repo/live-ui"; html(order.note);',
      'import * as ui from "@repo/live-ui"; ui.raw(order.note);',
      'import * as ui from "@repo/live-ui"; ui["raw"](order.note);',
    ].map((code) => ({ name: `refuses it by another name: ${code}`, code, filename, errors: computed })),
    {
      name: "refuses it of the modules that it was told",
      code: 'import { raw } from "fourgate/live-ui"; raw(order.note);',
      filename,
      options: [{ modules: ["fourgate/*"] }],
      errors: computed,
    },
  ],
  valid: [
    ...[
      'raw("<b>bold</b>");',
      "raw(`<b>bold</b>`);",
      'raw("<b>" + "</b>");',
      'raw(isOn ? "<b>on</b>" : "<b>off</b>");',
      'const ICON = "<svg></svg>"; raw(ICON);',
      'const ICON = "<svg></svg>" as const; const BUTTON = `<button>${ICON}</button>`; raw(BUTTON);',
      "type Print = typeof raw;",
      "export { raw };",
    ].map((code) => ({ name: `allows ${code}`, code: withRaw(code), filename })),
    ...[
      'import { raw } from "./raw.js"; raw(order.note);',
      'import { html } from "@repo/live-ui"; html(order.note);',
      'import { raw } from "@repo/live-ui"; { const raw = String; raw(order.note); }',
      'import * as ui from "@repo/live-ui"; ui.html(order.raw);',
      "String.raw`<b>`; raw(order.note);",
    ].map((code) => ({ name: `is not concerned with ${code}`, code, filename })),
    ...["packages/orders/src/order-board.page.test.ts", "packages/orders/src/testing/pages.ts"].map((file) => ({
      name: `allows it in ${file}`,
      code: withRaw("raw(order.note);"),
      filename: file,
    })),
    {
      name: "allows the files it was told",
      code: withRaw("raw(order.note);"),
      filename: "bench/src/page.ts",
      options: [{ allow: ["bench/**"] }],
    },
  ],
});
