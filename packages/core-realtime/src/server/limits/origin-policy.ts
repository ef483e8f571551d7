import type { RealtimeHandshake } from "../../seams/handshake.js";

/** Which pages may connect: `"same-origin"` (the default), or exact origins such as `"https://app.example"`. */
export type AllowedOrigins = "same-origin" | readonly string[];

/** Answers whether a handshake's Origin is allowed. */
export type OriginPolicy = (handshake: RealtimeHandshake) => boolean;

/**
 * A browser cannot hide or forge Origin (RFC 6454), so this is what keeps a foreign page from using a visitor's cookie.
 * A peer without Origin is no browser page, or a same-origin GET; Fetch Metadata tells the two apart from a cross-site one.
 */
export function createOriginPolicy(allowed: AllowedOrigins): OriginPolicy {
  const listed = allowed === "same-origin" ? undefined : new Set(allowed.map(checkedOrigin));
  return ({ headers }) => {
    const { origin } = headers;
    if (origin === undefined) {
      const site = headers["sec-fetch-site"];
      return site === undefined || site === "same-origin" || site === "none";
    }
    return listed ? listed.has(origin) : isSameOrigin(origin, headers.host);
  };
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `https://${host}` || origin === `http://${host}`);
}

function checkedOrigin(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw new TypeError(
    `origins: "${origin}" is no origin; write it like "https://app.example", without a path or slash.`,
  );
}
