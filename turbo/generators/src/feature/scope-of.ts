import { keyOf } from "../code/json-source.js";
import { said, type ChannelFile } from "./channel-file.js";
import type { ScopeChoice } from "./scope.js";

/** The scope that a channel file says; undefined where it says it in other words than literals. */
export function scopeOf(file: ChannelFile): ScopeChoice | undefined {
  const scope = said(file, "scope");
  if (scope?.type === "Literal" && (scope.value === "public" || scope.value === "authenticated"))
    return { kind: scope.value };
  const [property] = scope?.type === "ObjectExpression" ? scope.properties : [];
  if (property?.type !== "Property" || property.value.type !== "Literal") return undefined;
  const { value } = property.value;
  if (typeof value !== "string") return undefined;
  if (keyOf(property) === "role") return { kind: "role", role: value };
  return keyOf(property) === "userScoped" ? { kind: "user", param: value } : undefined;
}
