import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { GeneratorInput } from "./input.js";
import { applied, channel, fileOf, generated, handler, ORDERS, planOn, type Files } from "./testing/generated.js";
import { dress, dressed, noise } from "./testing/hostile-code.js";

const BARREL = "packages/orders/src/index.ts";
const SYMBOLS = "packages/orders/src/di/symbols.ts";
const PRODUCTION = "packages/orders/src/di/bind-production.ts";
const DEV_SEED = "packages/orders/src/di/bind-dev-seed.ts";

const RUNS = 40;
const TIMEOUT_MS = 60_000; // Prettier formats what goes in, on a machine that may be busy

let clean: Files;
let handled: Files;
beforeAll(async () => {
  clean = await generated([ORDERS, channel("status")]);
  handled = await generated([handler("status")], clean);
});

const inList = fc.constantFrom("", "// ]} ,\n", "/* ]}\n , */\n", "/* a */ // b\n");
const surroundings = fc.record({ above: noise, below: noise, inList, dress });
type Surroundings = typeof surroundings extends fc.Arbitrary<infer S> ? S : never;

function removal(slug: string): GeneratorInput {
  return { generator: "remove", what: "channel", feature: "orders", slug, isForced: false };
}

/** Noise after the imports, above the anchor and at the end, and the file saved in some way. */
function surrounded(original: string, { above, below, inList: within, dress: how }: Surroundings): string {
  const text = original.replace(/\n( *)(?=\/\/ <gen:)/, (_, indent: string) => `\n${within}${indent}`);
  const at = text.indexOf("\n\n") + 1; // an empty line ends the imports
  const noisy =
    at > 0 && text.startsWith("import") ? `${text.slice(0, at)}${above}${text.slice(at)}` : `${above}${text}`;
  return dressed(`${noisy}${below}`, how);
}

function hostile(around: Surroundings): Files {
  const touched = [BARREL, SYMBOLS, PRODUCTION, DEV_SEED].map((path) => [
    path,
    surrounded(fileOf(clean, path), around),
  ]);
  return { ...clean, ...Object.fromEntries(touched) };
}

/** `after` with each piece, which must be there once more than before, put back as it was. */
function undone(after: string, pieces: readonly (readonly [piece: string, was: string])[], eol: string): string {
  return pieces.reduce((text, [piece, was]) => {
    const saved = piece.replaceAll("\n", eol);
    expect(text.split(saved)).toHaveLength(2);
    return text.replace(saved, () => was);
  }, after);
}

it(
  "puts a channel in and leaves every other byte as it was, and so when it is taken out again",
  async () => {
    await fc.assert(
      fc.asyncProperty(surroundings, async (around) => {
        const files = hostile(around);
        const after = applied(files, await planOn(files, channel("note")));
        const { eol } = around.dress;
        const barrel = [
          [`import { noteChannel } from "./realtime/note.channel";\n`, ""],
          [`export { noteChannel } from "./realtime/note.channel";\n`, ""],
          [", noteChannel]", "]"],
        ] as const;
        expect(undone(fileOf(after, BARREL), barrel, eol)).toBe(fileOf(files, BARREL));
        const binding = [
          [`import { noteChannel } from "../realtime/note.channel";\n`, ""],
          ["context.registry.registerChannel(noteChannel),\n    ", ""],
        ] as const;
        expect(undone(fileOf(after, PRODUCTION), binding, eol)).toBe(fileOf(files, PRODUCTION));
        expect(fileOf(after, DEV_SEED)).toBe(fileOf(files, DEV_SEED)); // it calls the other
        expect(await planOn(after, channel("note"))).toEqual([]);
        expect(applied(after, await planOn(after, removal("note")))).toEqual(files);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

it(
  "puts a handler in and leaves every other byte as it was",
  async () => {
    const start = fileOf(handled, PRODUCTION).indexOf("context.registry.register(");
    const text = fileOf(handled, PRODUCTION).slice(start);
    const registration = text.slice(0, text.indexOf(",\n    //"));
    await fc.assert(
      fc.asyncProperty(surroundings, async (around) => {
        const files = hostile(around);
        const after = applied(files, await planOn(files, handler("status")));
        const { eol } = around.dress;
        const binding = [
          [`import { traced } from "@repo/core-observability";\n`, ""],
          [`import { onStatus } from "../realtime/handlers/on-status.handler";\n`, ""],
          [`\nimport { ordersHandlers } from "./symbols";`, ""],
          [registration, "context.registry.registerChannel(statusChannel)"],
        ] as const;
        expect(undone(fileOf(after, PRODUCTION), binding, eol)).toBe(fileOf(files, PRODUCTION));
        expect(fileOf(after, DEV_SEED)).toBe(fileOf(files, DEV_SEED)); // it calls the other
        const symbols = [[`onStatus: "orders.on-status",\n  `, ""]] as const;
        expect(undone(fileOf(after, SYMBOLS), symbols, eol)).toBe(fileOf(files, SYMBOLS));
        expect(await planOn(after, handler("status"))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);
