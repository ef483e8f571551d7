import { validate, type Schema } from "@repo/core-realtime";
import type { PresenceChange, PresenceMember, PresencePage } from "./presence-member.js";

/** What the server sends on a presence channel. The names are those that clients of other servers know. */
export type PresenceEvents<Meta> = {
  readonly "presence:join": Schema<PresenceChange<Meta>>;
  readonly "presence:leave": Schema<PresenceChange<Meta>>;
  readonly "presence:update": Schema<PresenceMember<Meta>>;
  readonly "presence:sync": Schema<PresencePage<Meta>>;
};

/** What a client may send on it. */
export type PresenceInbound<MetaInput, Meta> = {
  /** What the tab publishes about itself. */
  readonly "presence:heartbeat": Schema<{ readonly meta: MetaInput }, { readonly meta: Meta }>;
  /** Requests the piece of the list behind a cursor; the reply is a `PresencePage`. */
  readonly "presence:list": Schema<{ readonly after: string }>;
};

/** The schemas of what this package itself makes: nothing to check, types to carry. */
export function presenceEvents<Meta>(): PresenceEvents<Meta> {
  return {
    "presence:join": made<PresenceChange<Meta>>(),
    "presence:leave": made<PresenceChange<Meta>>(),
    "presence:update": made<PresenceMember<Meta>>(),
    "presence:sync": made<PresencePage<Meta>>(),
  };
}

/** `{ meta }` where `meta` fits the app's schema, or `{ after }`; and nothing else. */
export function presenceInbound<MetaInput, Meta>(meta: Schema<MetaInput, Meta>): PresenceInbound<MetaInput, Meta> {
  return {
    "presence:heartbeat": {
      "~standard": {
        version: 1,
        vendor: "fourgate",
        async validate(value) {
          if (!hasOnly(value, "meta")) return { issues: [{ message: "expected { meta }" }] };
          const validated = await validate(meta, value.meta);
          if (!validated.fits) return { issues: [{ message: validated.why, path: ["meta"] }] };
          return { value: { meta: validated.value as Meta } };
        },
      },
    },
    "presence:list": {
      "~standard": {
        version: 1,
        vendor: "fourgate",
        validate(value) {
          if (hasOnly(value, "after") && typeof value.after === "string" && value.after.length <= MAX_CURSOR)
            return { value: { after: value.after } };
          return { issues: [{ message: "expected { after }, the `next` of a piece of the list" }] };
        },
      },
    },
  };
}

const MAX_CURSOR = 256; // characters; a store's own text

/** An object without any other field; a field that is missing reads as undefined. */
function hasOnly<Field extends string>(value: unknown, field: Field): value is { readonly [F in Field]?: unknown } {
  return typeof value === "object" && value !== null && Object.keys(value).every((key) => key === field);
}

function made<T>(): Schema<T> {
  return { "~standard": { version: 1, vendor: "fourgate", validate: (value) => ({ value: value as T }) } };
}
