import type { RequestRoute } from "./request-router";
import type { UpgradeListener, UpgradeRoute } from "./upgrade-router";

/** Requests and upgrades to a path, for a transport that takes both, or for two that share it. */
export function socketRoute(
  path: `/${string}`,
  requests: { readonly handleRequest: RequestRoute["request"] },
  upgrades: { readonly handleUpgrade: UpgradeListener },
): RequestRoute & UpgradeRoute {
  return {
    path,
    request: (request, response) => requests.handleRequest(request, response),
    upgrade: (request, socket, head) => upgrades.handleUpgrade(request, socket, head),
  };
}
