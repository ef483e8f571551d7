import { createRealtimeHarness } from "@repo/core-testing";
import { pingChannels } from "@repo/ping";
import { expect, it, onTestFinished } from "vitest";
import { EmbedAuthenticator, embedUser } from "./embed-authenticator";
import { embedGuard } from "./embed.guard";
import { EmbedTokens } from "./embed-tokens";

const SECRET = "0123456789abcdef0123456789abcdef";
const tokens = new EmbedTokens(SECRET);
const mia = { userId: "mia", roles: ["member"] };
const authenticator = new EmbedAuthenticator(tokens, { authenticate: () => mia });
const handshake = (token?: string) => ({
  transport: "test",
  url: "/",
  headers: {},
  ...(token !== undefined && { token }),
});

it("takes a token for the widget that it was made for", async () => {
  expect(await authenticator.authenticate(handshake(await tokens.seal(2)))).toEqual(embedUser(2));
});

it("refuses a token that another secret has sealed, and one that is none", async () => {
  const forged = await new EmbedTokens("another secret of at least 32 characters").seal(2);
  for (const token of [forged, "", "2"])
    await expect(authenticator.authenticate(handshake(token))).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

it("leaves requests without a token to the others", async () => {
  expect(await authenticator.authenticate(handshake())).toBe(mia);
});

it("lets an embedded page subscribe to nothing but live queries, and everybody else to all", async () => {
  const users = { embed: embedUser(2), mia };
  const { client, close } = await createRealtimeHarness({ users, guards: [embedGuard], channels: pingChannels });
  onTestFinished(close);
  const [ping] = pingChannels;
  await expect((await client("embed")).subscribe(ping)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect((await client("mia")).subscribe(ping)).resolves.toBeDefined();
});
