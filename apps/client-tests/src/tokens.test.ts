import { expect, it } from "vitest";
import { clientOf, listenTo, serverUp } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

const TOKENS = ["mia", "tökén+/=", "日本 🧑‍🚒", "a b", "fourgate.token.bWlh", "x".repeat(9_000)];

it.each(Object.entries(TRANSPORTS))(
  "shows the server every token as it is, at the connect and at a refresh, over %s",
  { timeout: 30_000 },
  async (_, transport) => {
    const seen: (string | undefined)[] = [];
    const authenticate = ({ token }: { readonly token?: string | undefined }) => {
      seen.push(token);
      return token === undefined ? null : { userId: "mia", roles: [] };
    };
    const server = await serverUp({ authenticator: { authenticate } });
    for (const token of TOKENS) {
      seen.length = 0;
      const client = clientOf(server, { transports: [transport()], auth: () => token });
      const { handle } = listenTo(client);
      await expect.poll(() => handle.status, { timeout: 20_000 }).toBe("subscribed");
      const before = client.state;
      await client.refresh();
      await expect.poll(() => client.state, { timeout: 20_000 }).not.toBe(before);
      expect([client.state, new Set(seen)]).toMatchObject([{ status: "connected", userId: "mia" }, new Set([token])]);
      client.disconnect();
    }
  },
);
