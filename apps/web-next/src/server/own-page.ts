import { createOriginPolicy, type AllowedOrigins } from "@repo/core-realtime/server";

/**
 * Does this request come from one of our own pages? Checked by everything that changes something, because a cookie alone does not show it.
 * Every browser sends Origin along with a POST, so a request without one is refused too.
 */
export function createOwnPageCheck(origins: AllowedOrigins): (headers: Headers) => boolean {
  const isAllowed = createOriginPolicy(origins);
  return (headers) => {
    const shown = { origin: headers.get("origin") ?? "", host: headers.get("host") ?? undefined }; // no origin is nobody's
    return isAllowed({ transport: "http", url: "/", headers: shown });
  };
}
