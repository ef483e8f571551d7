import { judge, type Schema } from "@repo/core-realtime";
import type { PresenceChange, PresenceList, PresenceMember } from "./presence-member.js";

/** What the presence channel speaks. The names are those that clients of other servers know. */
export type PresenceEvents<Meta> = {
  readonly "presence:join": Schema<PresenceChange<Meta>>;
  readonly "presence:leave": Schema<PresenceChange<Meta>>;
  readonly "presence:update": Schema<PresenceMember<Meta>>;
  readonly "presence:sync": Schema<PresenceList<Meta>>;
};

/** What a tab may say of itself. */
export type PresenceInbound<MetaInput, Meta> = {
  readonly "presence:heartbeat": Schema<{ readonly meta: MetaInput }, { readonly meta: Meta }>;
};

/** The schemas of what this package itself makes: nothing to check, types to carry. */
export function presenceEvents<Meta>(): PresenceEvents<Meta> {
  return {
    "presence:join": made<PresenceChange<Meta>>(),
    "presence:leave": made<PresenceChange<Meta>>(),
    "presence:update": made<PresenceMember<Meta>>(),
    "presence:sync": made<PresenceList<Meta>>(),
  };
}

/** `{ meta }`, and nothing else, where `meta` fits the app's schema. */
export function presenceInbound<MetaInput, Meta>(meta: Schema<MetaInput, Meta>): PresenceInbound<MetaInput, Meta> {
  return { "presence:heartbeat": { "~standard": { version: 1, vendor: "fourgate", validate } } };

  async function validate(value: unknown) {
    if (typeof value !== "object" || value === null || Object.keys(value).some((key) => key !== "meta"))
      return { issues: [{ message: "expected { meta }" }] };
    const verdict = await judge(meta, "meta" in value ? value.meta : undefined);
    if (!verdict.fits) return { issues: [{ message: verdict.why, path: ["meta"] }] };
    return { value: { meta: verdict.value as Meta } };
  }
}

function made<T>(): Schema<T> {
  return { "~standard": { version: 1, vendor: "fourgate", validate: (value) => ({ value: value as T }) } };
}
