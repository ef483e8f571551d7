import { refuse, type IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { autoRefreshChannel } from "./auto-refresh.channel.js";
import type { RefreshClaims, RefreshTokens } from "./refresh-token.js";
import type { ViewerTable } from "./viewer-table.js";

interface BindingDeps {
  readonly tokens: RefreshTokens;
  readonly viewers: ViewerTable;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
}

interface GivenToken {
  readonly token: string;
  readonly name: string;
  readonly userId: string | null;
}

/** Registers the channel: a client that opens it with a token is notified of changes of what that page has read. */
export function bindAutoRefresh(registry: Pick<IRealtimeHandlerRegistry, "register">, deps: BindingDeps): () => void {
  const { viewers, onError } = deps;
  return registry.register(autoRefreshChannel, {
    opening({ ask, params, user, connectionId, address, send }) {
      const claims = claimsOf({ token: ask, name: params.name, userId: user?.userId ?? null }, deps);
      const notify = (): void => void send("changed", {}).catch(onError);
      return { isChanged: viewers.follow(keyOf(connectionId, address.name), claims, notify) };
    },
    handler({ payload, params, user, connectionId, address }) {
      const claims = claimsOf({ token: payload.token, name: params.name, userId: user?.userId ?? null }, deps);
      return { isChanged: viewers.follow(keyOf(connectionId, address.name), claims) };
    },
    closing: ({ connectionId, address }) => viewers.remove(keyOf(connectionId, address.name)),
  });
}

/** What the page has read; undefined where it is to be rendered again: the token has expired, or is another user's. */
function claimsOf({ token, name, userId }: GivenToken, { tokens, now }: BindingDeps): RefreshClaims | undefined {
  const claims = tokens.verify(token);
  if (claims?.name !== name)
    refuse(autoRefreshChannel, "TOKEN_REFUSED", { why: "The token was not made for this page." });
  return claims.userId === userId && claims.expiresAt > now() ? claims : undefined;
}

function keyOf(connectionId: string, channel: string): string {
  return `${connectionId} ${channel}`;
}
