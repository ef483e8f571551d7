import { HOSTS, type HostName } from "./host.js";
import type { Manifest } from "./manifest.js";

/** The host that a project's dependencies show; Node where they show none. */
export function detectHost({ dependencies = {}, devDependencies = {} }: Manifest): HostName {
  const names = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const found = Object.entries(HOSTS).find(([, { knownBy }]) => knownBy.some((name) => names.has(name)));
  return (found?.[0] as HostName | undefined) ?? "node";
}
