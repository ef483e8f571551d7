import fc from "fast-check";
import { check } from "prettier";
import { expect, it } from "vitest";
import type { Style } from "./code/format.js";
import { PLAIN } from "./feature/channel-shape.js";
import type { GeneratorInput } from "./input.js";
import { applied, fileOf, planOn, type Files } from "./testing/generated.js";

const slug = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z][a-z0-9]{0,9}){0,3}$/).filter((text) => text.length <= 40);
const scope = fc.constantFrom("public", "authenticated", "role:staff", "user:aRatherLongPlaceholder");
const channels = fc.uniqueArray(fc.tuple(slug, scope, fc.boolean()), {
  selector: ([one]) => one,
  minLength: 1,
  maxLength: 3,
});

const STYLES: readonly Style[] = [
  { printWidth: 120 },
  { printWidth: 80 },
  { printWidth: 100, useTabs: true, singleQuote: true, semi: false, trailingComma: "none" },
  { printWidth: 60, tabWidth: 4, endOfLine: "crlf" },
];

it.each(STYLES)(
  "leaves every file as Prettier would, with %j",
  async (style) => {
    await fc.assert(
      fc.asyncProperty(slug, channels, async (feature, wanted) => {
        fc.pre(!/^(core|realtime|live)-/.test(feature));
        const requests: GeneratorInput[] = [{ generator: "feature", feature }];
        for (const [name, who] of wanted) requests.push({ generator: "channel", feature, slug: name, scope: who });
        const shape = { ...PLAIN, events: ["a", "b.c"], inbound: ["d"], reply: true, opening: true, history: true };
        const room = {
          feature,
          slug: "a-rather-long-room-name.{roomId}.notes",
          scope: "authenticated",
          shape: { ...shape, presence: true },
        };
        requests.push({ generator: "channel", ...room });
        for (const [name, , isAnswered] of wanted)
          if (isAnswered) requests.push({ generator: "handler", feature, slug: name });
        for (const [name] of wanted) requests.push({ generator: "live", feature, page: name });
        let files: Files = {};
        for (const request of requests) files = applied(files, await planOn(files, request, style));
        const untidy = [];
        for (const path of Object.keys(files))
          if (!(await check(fileOf(files, path), { ...style, filepath: path }))) untidy.push([path, files[path]]);
        expect(untidy).toEqual([]);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  },
  60_000,
);
