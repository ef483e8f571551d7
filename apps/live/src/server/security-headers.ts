import type { FetchEndpoint } from "@repo/core-realtime/server";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Adds what forbids a page everything but its own files: no inline script, no inline style, no frame around it. */
export function withSecurityHeaders(endpoint: FetchEndpoint): FetchEndpoint {
  return async (request) => {
    const response = await endpoint(request);
    response.headers.set("content-security-policy", POLICY);
    response.headers.set("referrer-policy", "same-origin");
    return response;
  };
}
