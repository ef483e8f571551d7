import { expect, it } from "vitest";
import { applied, channel, fileOf, generated, ORDERS, planOn, twoBindFiles } from "../testing/generated.js";
import { ANCHORS } from "./anchors.js";

const BARREL = "packages/orders/src/index.ts";
const BINDINGS = ["packages/orders/src/di/bind-production.ts", "packages/orders/src/di/bind-dev-seed.ts"] as const;

it.each([
  ["public", `name: "orders.status",\n  scope: "public",`],
  ["authenticated", `name: "orders.status",\n  scope: "authenticated",`],
  ["role:staff", `name: "orders.status",\n  scope: { role: "staff" },`],
  ["user:ownerId", `name: "orders.status.{ownerId}",\n  scope: { userScoped: "ownerId" },`],
])("describes a channel for %s, and tests it", async (scope, description) => {
  const files = await generated([ORDERS, channel("status", scope)]);
  expect(fileOf(files, "packages/orders/src/realtime/status.channel.ts")).toContain(description);
  expect(fileOf(files, "packages/orders/src/realtime/status.channel.test.ts")).toContain("authorize(statusChannel");
});

it("exports it, lists it and registers it, before the anchors", async () => {
  const files = await generated([ORDERS, channel("status"), channel("order-note")]);
  expect(fileOf(files, BARREL)).toContain(`export { orderNoteChannel } from "./realtime/order-note.channel";
${ANCHORS.channels.line}
`);
  expect(fileOf(files, BARREL)).toContain("ordersChannels = [statusChannel, orderNoteChannel] as const;");
  expect(fileOf(files, BINDINGS[0])).toContain(`    context.registry.registerChannel(orderNoteChannel),
    ${ANCHORS.production.line}
`);
  expect(fileOf(files, BINDINGS[0])).toContain("(context: BindContext)");
  expect(fileOf(files, BINDINGS[1])).toBe(fileOf(await generated([ORDERS]), BINDINGS[1])); // it calls the other
});

it("registers it in both bind files of a feature whose file for development does not call the other", async () => {
  const files = await generated([channel("status")], await twoBindFiles());
  for (const path of BINDINGS) {
    expect(fileOf(files, path)).toContain(`    registry.registerChannel(statusChannel),
    ${ANCHORS.production.line}
`);
    expect(fileOf(files, path)).toContain("({ registry }: BindContext)");
  }
});

it("plans nothing the second time", async () => {
  const files = await generated([ORDERS, channel("status")]);
  expect(await planOn(files, channel("status"))).toEqual([]);
});

it("adds what is missing and no more", async () => {
  const files = await generated([ORDERS, channel("status")]);
  const [production] = BINDINGS;
  const broken = { ...files, [production]: fileOf(await generated([ORDERS]), production) };
  const changes = await planOn(broken, channel("status"));
  expect(changes.map(({ path, after }) => [path, after])).toEqual([[production, fileOf(files, production)]]);
});

it("asks for the dependencies that it uses, in order, and leaves those that are there", async () => {
  const path = "packages/orders/package.json";
  const manifest = `{\n  "dependencies": {\n    "@repo/aaa": "workspace:*",\n    "zzz": "1.0.0"\n  },\n  "devDependencies": { "zod": "4.0.0" }\n}\n`;
  const files = await generated([channel("status")], { ...(await generated([ORDERS])), [path]: manifest });
  expect(fileOf(files, path)).toBe(
    `{\n  "dependencies": {\n    "@repo/aaa": "workspace:*",\n    "@repo/core-realtime": "workspace:*",\n    "zzz": "1.0.0"\n  },\n  "devDependencies": { "zod": "4.0.0", "@repo/core-testing": "workspace:*", "vitest": "catalog:" }\n}\n`,
  );
});

it("leaves a test that is there without its channel to its author", async () => {
  const path = "packages/orders/src/realtime/status.channel.test.ts";
  const files = await generated([channel("status")], { ...(await generated([ORDERS])), [path]: "mine" });
  expect(fileOf(files, path)).toBe("mine");
});

it("refuses another scope for a channel that is there", async () => {
  const files = await generated([ORDERS, channel("status", "role:staff")]);
  await expect(planOn(files, channel("status", "role:boss"))).rejects.toThrow(
    `packages/orders/src/realtime/status.channel.ts is there already, with the scope { role: "staff" }`,
  );
});

it("says which features there are when it knows no such one", async () => {
  const files = await generated([ORDERS, { generator: "feature", feature: "ping" }]);
  const unknown = { generator: "channel", feature: "order", slug: "status", scope: "public" } as const;
  await expect(planOn(files, unknown)).rejects.toThrow(
    `No feature "order" (there are: orders, ping). Make it first: pnpm turbo gen feature --args order`,
  );
  await expect(planOn({}, unknown)).rejects.toThrow("(there is none yet)");
});

it.each([ANCHORS.channels, ANCHORS.production, ANCHORS.devSeed])(
  "refuses a lost $line in $file",
  async ({ file, line }) => {
    const path = `packages/orders/${file}`;
    const files = await generated([ORDERS]);
    const lost = { ...files, [path]: fileOf(files, path).replace(line, "") };
    await expect(planOn(lost, channel("status"))).rejects.toThrow(`${path} has lost its anchor. Paste this line`);
    const doubled = { ...files, [path]: `${fileOf(files, path)}\n${line}\n` };
    await expect(planOn(doubled, channel("status"))).rejects.toThrow(`${path} has the same anchor on lines`);
  },
);

it.each([
  [ANCHORS.channels, (text: string, line: string) => text.replace(`${line}\n`, "").replace("[]", `[\n${line}\n]`)],
  [ANCHORS.channels, (text: string, line: string) => text.replace(`;\n${line}`, `; ${line}`)],
  [ANCHORS.production, (text: string, line: string) => `${text.replace(line, "")}\n${line}\n`],
  [ANCHORS.devSeed, (text: string, line: string) => text.replace(new RegExp(`,\\n\\s*${line}`), `, ${line}`)],
])("refuses an anchor in the wrong place ($0.file)", async ({ file, line }, move) => {
  const path = `packages/orders/${file}`;
  const files = await generated([ORDERS]);
  const moved = { ...files, [path]: move(fileOf(files, path), line) };
  expect(moved[path]).not.toBe(files[path]);
  await expect(planOn(moved, channel("status"))).rejects.toThrow(`${path} has its anchor in the wrong place`);
});

it("says what to paste when the list of channels is gone", async () => {
  const files = await generated([ORDERS]);
  const gone = { ...files, [BARREL]: fileOf(files, BARREL).replace(/export const .*/, "") };
  await expect(planOn(gone, channel("status"))).rejects.toThrow("export const ordersChannels = [] as const;");
});

it("sets the head of a bind function on one line again where it fits, once the context is used", async () => {
  const style = { printWidth: 80 };
  const feature = "abcdefghijklmn"; // with `_context` the head has 81 characters
  const path = `packages/${feature}/src/di/bind-production.ts`;
  const before = applied({}, await planOn({}, { generator: "feature", feature }, style));
  expect(fileOf(before, path)).toContain("(\n  _context: BindContext,\n)");
  const request = { generator: "channel", feature, slug: "status", scope: "public" } as const;
  const after = applied(before, await planOn(before, request, style));
  expect(fileOf(after, path)).toContain("bindProductionAbcdefghijklmn(context: BindContext): () => void {");
});

it("keeps the name of a context that is used already", async () => {
  const files = await generated([ORDERS]);
  const [path] = BINDINGS;
  const text = fileOf(files, path).replace("{\n", "{\n  void _context.bus;\n");
  const after = await generated([channel("status")], { ...files, [path]: text });
  expect(fileOf(after, path)).toContain("    _context.registry.registerChannel(statusChannel),");
});

it("refuses a bind file without a function that takes a BindContext", async () => {
  const files = await generated([ORDERS]);
  const [path] = BINDINGS;
  const other = { ...files, [path]: fileOf(files, path).replace("_context: BindContext", "_context: unknown") };
  await expect(planOn(other, channel("status"))).rejects.toThrow("needs one function that takes a BindContext");
});

it("refuses a file that does not parse, and names it", async () => {
  const files = { ...(await generated([ORDERS])), [BARREL]: "export {" };
  await expect(planOn(files, channel("status"))).rejects.toThrow(`${BARREL} does not parse`);
});

it("refuses a feature without its bind file", async () => {
  const { [BINDINGS[0]]: _gone, ...files } = await generated([ORDERS]);
  await expect(planOn(files, channel("status"))).rejects.toThrow(`${BINDINGS[0]} is missing`);
});
