import { expect, it } from "vitest";
import { channel, fileOf, generated, handler, ORDERS, planOn, twoBindFiles, type Files } from "../testing/generated.js";
import { ANCHORS } from "./anchors.js";

const CHANNEL = "packages/orders/src/realtime/status.channel.ts";
const HANDLER = "packages/orders/src/realtime/handlers/on-status.handler.ts";
const TEST = "packages/orders/src/realtime/handlers/on-status.handler.test.ts";
const SYMBOLS = "packages/orders/src/di/symbols.ts";
const PRODUCTION = "packages/orders/src/di/bind-production.ts";
const DEV_SEED = "packages/orders/src/di/bind-dev-seed.ts";

/** The feature with a channel whose description was edited. */
async function edited(from: string, to: string): Promise<Files> {
  const files = await generated([ORDERS, channel("status")]);
  expect(fileOf(files, CHANNEL)).toContain(from);
  return { ...files, [CHANNEL]: fileOf(files, CHANNEL).replace(from, to) };
}

const PAYLOAD = "payload: z.strictObject({ text: z.string().max(280) }),";

it("turns the registration into a traced one", async () => {
  const files = await generated([ORDERS, channel("status"), channel("note"), handler("status")]);
  expect(fileOf(files, PRODUCTION)).toContain(`
    context.registry.register(statusChannel, traced(context, ordersHandlers.onStatus, onStatus)),
    context.registry.registerChannel(noteChannel),
    ${ANCHORS.production.line}
`);
  expect(fileOf(files, PRODUCTION)).toContain(`import { traced } from "@repo/core-observability";`);
  expect(fileOf(files, DEV_SEED)).toBe(fileOf(await generated([ORDERS]), DEV_SEED)); // it calls the other
});

it("does so in both bind files of a feature whose file for development does not call the other", async () => {
  const files = await generated([channel("status"), handler("status")], await twoBindFiles());
  for (const path of [PRODUCTION, DEV_SEED]) {
    expect(fileOf(files, path)).toContain(
      "    registry.register(statusChannel, traced({ tracer, logger }, ordersHandlers.onStatus, onStatus)),",
    );
    expect(fileOf(files, path)).not.toContain("registerChannel(statusChannel)");
    expect(fileOf(files, path)).toContain("({ registry, tracer, logger }: BindContext)");
  }
});

it("names the handler before its anchor and exports it nowhere", async () => {
  const files = await generated([ORDERS, channel("status"), handler("status")]);
  expect(fileOf(files, SYMBOLS)).toContain(`  onStatus: "orders.on-status",\n  ${ANCHORS.symbols.line}\n`);
  expect(fileOf(files, "packages/orders/src/index.ts")).not.toContain("onStatus");
});

it("lets clients send what the channel carries, where it said nothing about it", async () => {
  const files = await generated([ORDERS, channel("status"), handler("status")]);
  expect(fileOf(files, CHANNEL)).toContain(`${PAYLOAD}\n  ${PAYLOAD.replace("payload", "inbound")}\n`);
  expect(fileOf(files, HANDLER)).toContain("await broadcast(payload);");
});

it("publishes on a public channel too, where the sender may be anonymous", async () => {
  const files = await generated([ORDERS, channel("status", "public"), handler("status")]);
  expect(fileOf(files, HANDLER)).toContain("await broadcast(payload);");
});

it("writes down what it cannot pass on, and tests it with a message read off the schema", async () => {
  const files = await edited(
    PAYLOAD,
    `${PAYLOAD}\n  inbound: { note: z.strictObject({ id: z.uuid(), n: z.int().min(3) }) },`,
  );
  const after = await generated([handler("status")], files);
  expect(fileOf(after, CHANNEL)).toBe(fileOf(files, CHANNEL));
  expect(fileOf(after, HANDLER)).toContain("logger.info({ channel: address.name, event, from: user.userId }");
  expect(fileOf(after, TEST)).toContain(`payload: { id: "0199d2c4-7c1e-7000-8000-000000000001", n: 3 },`);
  expect(fileOf(after, PRODUCTION)).toContain("onStatus(context)");
});

it("takes a message from the command line where none can be read off the schema", async () => {
  const files = await edited(PAYLOAD, `${PAYLOAD}\n  inbound: z.strictObject({ zip: z.string().regex(/\\d/) }),`);
  await expect(planOn(files, handler("status"))).rejects.toThrow(
    `none can be read off it. Give one: --sample '{"text":"hello"}'`,
  );
  await expect(planOn(files, handler("status", "{"))).rejects.toThrow("The sample is no JSON");
  const after = await generated([handler("status", `{"zip":"1"}`)], files);
  expect(fileOf(after, TEST)).toContain(`handlerMessage(statusChannel, { payload: { zip: "1" }, user })`);
});

it("publishes under the server's first event what clients may send in the same shape, and returns the generated reply", async () => {
  const text = "{ note: message, done: message }";
  const files = await edited(PAYLOAD, `payload: ${text},\n  inbound: { note: message },\n  reply: REPLY,`);
  const body = `const message = z.strictObject({ text: z.string() });\nconst REPLY = z.strictObject({ accepted: z.boolean() });\n`;
  const after = await generated([handler("status")], { ...files, [CHANNEL]: fileOf(files, CHANNEL) + body });
  expect(fileOf(after, HANDLER)).toContain(`  await broadcast("note", payload);\n  return { accepted: true };`);
});

it("plans nothing the second time, whatever its author did since", async () => {
  const files = await generated([ORDERS, channel("status"), handler("status")]);
  expect(await planOn(files, handler("status"))).toEqual([]);
  const grown = { ...files, [CHANNEL]: fileOf(files, CHANNEL).replace("  inbound", "  reply: z.string(),\n  inbound") };
  expect(await planOn(grown, handler("status"))).toEqual([]);
});

it("registers a channel that nothing registers yet", async () => {
  const files = await generated([ORDERS, channel("status")]);
  const before = { ...files, [PRODUCTION]: fileOf(await generated([ORDERS]), PRODUCTION) };
  const after = await generated([handler("status")], before);
  expect(fileOf(after, PRODUCTION)).toContain("context.registry.register(statusChannel, traced(");
});

it("binds a handler again that lost its registration, and nothing else", async () => {
  const files = await generated([ORDERS, channel("status"), handler("status")]);
  const before = { ...files, [PRODUCTION]: fileOf(await generated([ORDERS, channel("status")]), PRODUCTION) };
  const changes = await planOn(before, handler("status"));
  expect(changes.map(({ path, after }) => [path, after])).toEqual([[PRODUCTION, fileOf(files, PRODUCTION)]]);
});

it("refuses a channel whose name is no literal", async () => {
  const files = await edited(`name: "orders.status"`, "name: NAME");
  await expect(planOn(files, handler("status"))).rejects.toThrow(`${CHANNEL} needs a literal as its \`name\``);
});

it("refuses a registration that answers already", async () => {
  const files = await generated([ORDERS, channel("status")]);
  const text = fileOf(files, PRODUCTION).replace(
    "registerChannel(statusChannel)",
    "register(statusChannel, { opening })",
  );
  await expect(planOn({ ...files, [PRODUCTION]: text }, handler("status"))).rejects.toThrow(
    `${PRODUCTION} registers statusChannel with handlers of its own. Add the handler there by hand`,
  );
});

it("refuses a channel whose reply only its author can give", async () => {
  const files = await edited(PAYLOAD, `${PAYLOAD}\n  reply: z.string(),`);
  await expect(planOn(files, handler("status"))).rejects.toThrow(`${CHANNEL} declares a \`reply\``);
});

it("prints the line to paste where it cannot tell what clients may send", async () => {
  const files = await edited(PAYLOAD, `payload: { "task.moved": z.strictObject({ id: z.string() }) },`);
  await expect(planOn(files, handler("status"))).rejects.toThrow(
    "  inbound: z.strictObject({ text: z.string().max(280) }),",
  );
});

it("refuses a channel under another name", async () => {
  const files = await edited("statusChannel", "channel");
  await expect(planOn(files, handler("status"))).rejects.toThrow("give its channel that name");
});

it("says which channels there are when it knows no such one", async () => {
  const files = await generated([ORDERS, channel("status"), channel("note")]);
  await expect(planOn(files, handler("statu"))).rejects.toThrow(
    `No channel "statu" in the feature "orders" (it has note, status). Make it first: pnpm turbo gen realtime --args channel orders statu <scope>`,
  );
  await expect(planOn(await generated([ORDERS]), handler("x"))).rejects.toThrow("(it has none yet)");
});

it.each([ANCHORS.symbols, ANCHORS.production, ANCHORS.devSeed])(
  "refuses a lost $line in $file",
  async ({ file, line }) => {
    const path = `packages/orders/${file}`;
    const files = await generated([ORDERS, channel("status")]);
    const lost = { ...files, [path]: fileOf(files, path).replace(line, "") };
    await expect(planOn(lost, handler("status"))).rejects.toThrow(`${path} has lost its anchor`);
  },
);

it("refuses a names' anchor outside the object of names", async () => {
  const files = await generated([ORDERS, channel("status")]);
  const moved = {
    ...files,
    [SYMBOLS]: `export const ordersHandlers = {};\nexport const other = {\n  ${ANCHORS.symbols.line}\n};\n`,
  };
  await expect(planOn(moved, handler("status"))).rejects.toThrow(
    "needs its anchor inside `export const ordersHandlers",
  );
});
