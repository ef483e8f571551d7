import type { HandlerSeed } from "./handler.template.js";

/** Lets a client speak to a new handler through the real gates, and looks at what it did. */
export function handlerTestTemplate(seed: HandlerSeed): string {
  const { channel, kind } = seed;
  const isLog = kind === "log";
  return `${isLog ? `import { RecordingLogger } from "@repo/core-observability/testing";` : ""}
import { createRealtimeHarness } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { ${channel.channel} } from "../${channel.slug}.channel";
import { ${channel.handler} } from "./on-${channel.slug}.handler";

it("${isLog ? "writes down who spoke, where and of what" : "tells everyone on the channel what one of them said"}", async () => {
${(isLog ? logTest : broadcastTest)(seed)}
});
`.trimStart();
}

function broadcastTest(seed: HandlerSeed): string {
  return `${conversation(seed, "{ registry, broadcaster: realtime }", "realtime")}
  const heard = { payload: ${JSON.stringify(seed.sample)}, sender: { type: "user", id: "ada" } };
  expect(await ada.nextMessage(${addressOf(seed)})).toMatchObject(heard);`;
}

function logTest(seed: HandlerSeed): string {
  const { name, params, event } = seed;
  const fields = { channel: concrete(name, params), event, from: "ada" };
  return `  const logger = new RecordingLogger();
${conversation(seed, "{ registry }", "logger")}
  expect(logger.entries).toEqual([{ level: "info", fields: ${JSON.stringify(fields)}, message: "message received" }]);`;
}

function conversation(seed: HandlerSeed, realtime: string, dep: string): string {
  const { channel, event, isMap, sample, roles } = seed;
  const message = `${isMap ? `${JSON.stringify(event)}, ` : ""}${JSON.stringify(sample)}`;
  return `  const harness = await createRealtimeHarness({
    answers: (${realtime}) => registry.register(${channel.channel}, ${channel.handler}({ ${dep} })),
  });
  onTestFinished(() => harness.close());
  const ada = await harness.client({ userId: "ada", roles: ${JSON.stringify(roles)} });
  await ada.subscribe(${addressOf(seed)});
  await ada.send(${addressOf(seed)}, ${message});`;
}

function addressOf({ channel, params }: HandlerSeed): string {
  return Object.keys(params).length === 0 ? channel.channel : `${channel.channel}.at(${JSON.stringify(params)})`;
}

function concrete(name: string, params: Readonly<Record<string, string>>): string {
  return Object.entries(params).reduce((text, [param, value]) => text.replace(`{${param}}`, value), name);
}
