/**
 * Does a request name a path on this server? The other form, `GET http://elsewhere/ HTTP/1.1`, is for proxies: whoever passes
 * it on may be made to call elsewhere (CVE-2026-44578). `//elsewhere/` becomes the same once it is resolved against a base.
 */
export function isOriginForm(url: string | undefined): url is string {
  return url !== undefined && /^\/(?![/\\])/.test(url);
}

/** The handler of a path and all that lies under it. */
export interface PathOwner {
  readonly path: `/${string}`;
}

/** The first owner of a request's path. */
export function ownerOf<Owner extends PathOwner>(owners: readonly Owner[], url: string): Owner | undefined {
  const path = url.split("?", 1)[0] ?? "";
  return owners.find((owner) => path === owner.path || path.startsWith(`${owner.path}/`));
}
