const PREFLIGHT_AGE_S = 600; // a changed list of origins takes effect within ten minutes

/** What a page of this origin may read: an origin is named only after the list has allowed it. */
export function corsHeaders({ headers }: Request, isAllowed: boolean): Readonly<Record<string, string>> {
  const origin = headers.get("origin");
  if (origin === null || !isAllowed) return { vary: "Origin" };
  return { vary: "Origin", "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
}

/** The preflight of a browser before a request of another origin. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      allow: "GET, POST, PATCH, DELETE, OPTIONS",
      "access-control-allow-methods": "GET, POST, PATCH, DELETE",
      "access-control-allow-headers": "authorization, content-type, if-match, idempotency-key",
      "access-control-max-age": String(PREFLIGHT_AGE_S),
    },
  });
}
