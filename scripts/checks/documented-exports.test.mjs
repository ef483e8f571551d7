import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { undocumentedExports } from "./documented-exports.mjs";

/** What is found in a module of this text. */
function found(text) {
  const folder = mkdtempSync(join(tmpdir(), "documented-exports-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "index.ts");
  writeFileSync(file, text);
  return undocumentedExports([file], folder);
}

it("finds an exported name and a member without a doc comment", () => {
  expect(
    found(`
      export const LIMIT = 1;
      /** An order. */
      export interface Order {
        readonly id: string;
        /** What was ordered. */
        readonly title: string;
      }
      /** A shop. */
      export class Shop {
        open(): void {}
        #till = 0;
      }
    `),
  ).toEqual(["index.ts: LIMIT", "index.ts: Order.id", "index.ts: Shop.open"]);
});

it("accepts what is documented, what is not exported, discriminants, and the comments of an interface on its class", () => {
  expect(
    found(`
      interface Inner { readonly id: string }
      /** Closes. */
      export interface IDoor {
        /** Closes it. */
        close(): void;
      }
      /** A door. */
      export class Door implements IDoor {
        close(): void {}
      }
      /** A frame. */
      export interface Frame {
        readonly type: "close";
        readonly error?: undefined;
      }
      /** An inner one. */
      export type Outer = Inner;
    `),
  ).toEqual([]);
});
