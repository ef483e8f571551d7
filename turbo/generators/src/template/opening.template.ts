import type { ChannelSeed } from "./channel.template.js";
import { sampleAddress } from "./sample-address.js";

/** What a new subscriber of a channel receives first. */
export function openingTemplate({ channel }: ChannelSeed): string {
  return `import type { RealtimeOpening } from "@repo/core-realtime";
import type { ${channel.channel} } from "./${channel.slug}.channel";

/** What a new subscriber receives with the reply to its subscribe: the place for what has happened so far. */
export const ${channel.opening}: RealtimeOpening<typeof ${channel.channel}> = ({ address }) => ({
  text: \`This is \${address.name}.\`,
});
`;
}

/** Calls a new opening, and checks what it returns. */
export function openingTestTemplate({ channel, name, scope }: ChannelSeed): string {
  const sample = sampleAddress(channel.channel, name, scope.kind === "user" ? scope.param : "");
  return `import { openingRequest } from "@repo/core-testing";
import { expect, it } from "vitest";
import { ${channel.channel} } from "./${channel.slug}.channel";
import { ${channel.opening} } from "./${channel.slug}.opening";

it("returns what fits the channel's opening", async () => {
  const opening = await ${channel.opening}(openingRequest(${sample.address}));
  expect(opening).toEqual({ text: "This is ${sample.name}." });
  expect(${channel.channel}.opening.safeParse(opening).success).toBe(true);
});
`;
}
