import type { ScopeChoice } from "../feature/scope.js";
import type { ChannelSeed } from "./channel.template.js";
import { sampleAddress } from "./sample-address.js";

/** Proves who may join a new channel, and what it carries. */
export function channelTestTemplate(seed: ChannelSeed): string {
  const { channel, shape } = seed;
  const { address, name } = sampleOf(seed);
  const [event] = shape.events;
  const named = event === undefined ? "" : `${JSON.stringify(event)}, `;
  return `import { authorize } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { ${channel.channel} } from "./${channel.slug}.channel";

${admission(seed)}

it("carries what fits its schema and refuses the rest", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await realtime.broadcast(${address}, ${named}{ text: "hello" });
  const tooLong = realtime.broadcast(${address}, ${named}{ text: "x".repeat(281) });
  await expect(tooLong).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
  expect(realtime.broadcasts).toEqual([{ channel: ${JSON.stringify(name)}, event: ${JSON.stringify(event ?? "message")}, payload: { text: "hello" } }]);
});
`;
}

function sampleOf({ channel, name, scope }: ChannelSeed) {
  return sampleAddress(channel.channel, name, scope.kind === "user" ? scope.param : "");
}

function admission(seed: ChannelSeed): string {
  const { channel, scope } = seed;
  const { title, roles, bob, nobody } = EXPECTED[scope.kind](scope);
  const { params } = sampleOf(seed);
  return `it(${JSON.stringify(title)}, () => {
  const ada = { userId: "ada", roles: ${JSON.stringify(roles)} };
  const bob = { userId: "bob", roles: [] };
  expect(authorize(${channel.channel}, ${params}, ada)).toBe(true);
  expect(authorize(${channel.channel}, ${params}, bob)).toBe(${String(bob)});
  expect(authorize(${channel.channel}, ${params}, null)).toBe(${String(nobody)});
});`;
}

interface Expected {
  readonly title: string;
  readonly roles: readonly string[];
  readonly bob: boolean;
  readonly nobody: boolean;
}

const EXPECTED: Readonly<Record<ScopeChoice["kind"], (scope: ScopeChoice) => Expected>> = {
  public: () => ({ title: "lets anyone in", roles: [], bob: true, nobody: true }),
  authenticated: () => ({ title: "lets in whoever is signed in and nobody else", roles: [], bob: true, nobody: false }),
  role: (scope) => {
    const role = scope.kind === "role" ? scope.role : "";
    return { title: `lets in the role ${role} and nobody else`, roles: [role], bob: false, nobody: false };
  },
  user: () => ({ title: "lets in the user in its name and nobody else", roles: [], bob: false, nobody: false }),
};
