import type { ParamName } from "./channel-template.js";

/** Who may join a channel. Four kinds, decided from the name and the user alone. */
export type RealtimeScope<Param extends string = string> =
  "public" | "authenticated" | { readonly role: string } | { readonly userScoped: Param };

/** The scopes a channel of this name may have: `userScoped` must name one of its placeholders. */
export type ScopeFor<Name extends string> = RealtimeScope<ParamName<Name>>;
