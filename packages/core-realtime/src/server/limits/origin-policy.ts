import type { RealtimeHandshake } from "../../seams/handshake.js";

/** Which pages may connect: `"same-origin"` (the default), or exact origins such as `"https://app.example"` or `"capacitor://localhost"`. */
export type AllowedOrigins = "same-origin" | readonly string[];

/** Whether a handshake's Origin is allowed. */
export type OriginPolicy = (handshake: RealtimeHandshake) => boolean;

/**
 * A browser cannot hide or forge Origin (RFC 6454), so this is what keeps a foreign page from using a visitor's cookie.
 * A client without Origin is no browser page, or a same-origin GET; Fetch Metadata distinguishes the two from a cross-site one.
 * Origins are compared with their case and default port normalised; `"null"`, a path or a trailing slash is no origin.
 */
export function createOriginPolicy(allowed: AllowedOrigins): OriginPolicy {
  const listed = allowed === "same-origin" ? undefined : new Set(allowed.map(checkedOrigin));
  return ({ headers }) => {
    const { origin } = headers;
    if (origin === undefined) {
      const site = headers["sec-fetch-site"];
      return site === undefined || site === "same-origin" || site === "none";
    }
    const normal = normalOrigin(origin);
    if (normal === undefined) return false;
    return listed ? listed.has(normal) : isSameOrigin(normal, headers.host);
  };
}

const WEB = /^https?:/;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\*%]+$/;

/** An origin in its one spelling: lower case, and without the port that its scheme implies. Undefined where it is none. */
function normalOrigin(text: string): string | undefined {
  const origin = text.toLowerCase();
  if (!ORIGIN.test(origin) || !URL.canParse(origin)) return undefined;
  return WEB.test(origin) ? new URL(origin).origin : origin; // an app's own scheme has no default port
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  if (host === undefined || !WEB.test(origin)) return false;
  if (origin.endsWith(`://${host}`)) return true;
  const [scheme] = origin.split("://", 1);
  return normalOrigin(`${scheme}://${host}`) === origin;
}

function checkedOrigin(origin: string): string {
  const normal = normalOrigin(origin);
  if (normal !== undefined) return normal;
  throw new TypeError(
    `origins: "${origin}" is no origin; write it like "https://app.example", without a path or slash.`,
  );
}
