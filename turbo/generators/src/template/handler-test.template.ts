import type { HandlerSeed } from "./handler.template.js";

/** Calls a new handler with one message, and checks what it did. */
export function handlerTestTemplate(seed: HandlerSeed): string {
  const { channel, kind } = seed;
  const isLog = kind === "log";
  return `${isLog ? `import { RecordingLogger } from "@repo/core-observability/testing";` : ""}
import { handlerMessage${isLog ? "" : ", RecordingRealtimeBroadcaster"} } from "@repo/core-testing";
import { expect, it } from "vitest";
import { ${channel.channel} } from "../${channel.slug}.channel";
import { ${channel.handler} } from "./on-${channel.slug}.handler";

it("${isLog ? "logs who sent what event, and where" : "publishes what a client sends, with its user as the sender"}", async () => {
  const user = { userId: "ada", roles: ${JSON.stringify(seed.roles)} };
${(isLog ? logTest : broadcastTest)(seed)}
});
`.trimStart();
}

function broadcastTest(seed: HandlerSeed): string {
  const { channel, name, params, event, isMap, sample, publishes, reply } = seed;
  const published = {
    channel: concrete(name, params),
    ...(publishes === undefined ? {} : { event: publishes }),
    payload: sample,
    sender: { type: "user", id: "ada" },
  };
  const named = isMap ? `event: ${JSON.stringify(event)}, ` : "";
  const message = `handlerMessage(${addressOf(seed)}, { ${named}payload: ${JSON.stringify(sample)}, user, realtime })`;
  const call = `${channel.handler}(${reply === undefined ? message : "message"})`;
  const called =
    reply === undefined
      ? `await ${call};`
      : `const message = ${message};\n  expect(await ${call}).toEqual(${JSON.stringify(reply)});`;
  return `  const realtime = new RecordingRealtimeBroadcaster();
  ${called}
  expect(realtime.envelopes).toMatchObject([${JSON.stringify(published)}]);`;
}

function logTest(seed: HandlerSeed): string {
  const { channel, name, params, event, isMap, sample } = seed;
  const fields = { channel: concrete(name, params), event, from: "ada" };
  const named = isMap ? `event: ${JSON.stringify(event)}, ` : "";
  return `  const logger = new RecordingLogger();
  await ${channel.handler}({ logger })(handlerMessage(${addressOf(seed)}, { ${named}payload: ${JSON.stringify(sample)}, user }));
  expect(logger.entries).toEqual([{ level: "info", fields: ${JSON.stringify(fields)}, message: "message received" }]);`;
}

function addressOf({ channel, params }: HandlerSeed): string {
  return Object.keys(params).length === 0 ? channel.channel : `${channel.channel}.at(${JSON.stringify(params)})`;
}

function concrete(name: string, params: Readonly<Record<string, string>>): string {
  return Object.entries(params).reduce((text, [param, value]) => text.replace(`{${param}}`, value), name);
}
