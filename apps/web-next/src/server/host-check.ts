import type { Environment } from "./environment";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Whether a request means this server. One that listens on this machine alone takes no other name: a foreign page whose own name is
 * suddenly made to mean 127.0.0.1 (DNS rebinding) would be of the same origin. Where APP_ORIGINS is set, that list decides instead.
 */
export function createHostCheck({ host, origins }: Pick<Environment, "host" | "origins">) {
  if (origins !== "same-origin" || !LOOPBACK.test(host === "::1" ? "[::1]" : host)) return () => true;
  return (shown: string | undefined): boolean => LOOPBACK.test((shown ?? "").replace(/:\d+$/, ""));
}
