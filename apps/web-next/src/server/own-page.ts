import { createOriginPolicy, type AllowedOrigins } from "@repo/core-realtime/server";

/**
 * Does this request come from one of our own pages? Asked by everything that changes something, because a cookie alone does not say.
 * Every browser sends Origin along with a POST, so a request without one is refused too.
 */
export function createOwnPageCheck(origins: AllowedOrigins): (headers: Headers) => boolean {
  const isAllowed = createOriginPolicy(origins);
  return (headers) => {
    const origin = headers.get("origin");
    if (origin === null) return false;
    return isAllowed({ transport: "http", url: "/", headers: { origin, host: headers.get("host") ?? undefined } });
  };
}
