import type { RealtimeScope } from "./realtime-scope.js";
import type { RealtimeUser } from "../seams/realtime-user.js";

/** May this user be on this channel? Pure: no I/O, no clock; checked at subscribe, at every message and after a refresh. */
export function authorize(
  channel: { readonly scope: RealtimeScope },
  params: Readonly<Record<string, string>>,
  user: RealtimeUser | null,
): boolean {
  const { scope } = channel;
  if (scope === "public") return true;
  if (user === null) return false;
  if (scope === "authenticated") return true;
  if ("role" in scope) return user.roles.includes(scope.role);
  return Object.hasOwn(params, scope.userScoped) && params[scope.userScoped] === user.userId;
}
