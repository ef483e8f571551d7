const BASE_PATH = process.env["NEXT_PUBLIC_BASE_PATH"] ?? ""; // of the build, from BASE_PATH

/** A path of this app, where Next does not put its base path before it: in forms, in Location headers, as the client's address. */
export function pathOf(path: `/${string}`): string {
  return path === "/" ? BASE_PATH || "/" : `${BASE_PATH}${path}`;
}
