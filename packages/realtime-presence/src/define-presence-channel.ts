import { defineGenericChannel, isSchema, type RealtimeChannel, type Schema } from "@repo/core-realtime";
import { presenceEvents, presenceInbound, type PresenceEvents, type PresenceInbound } from "./presence-schemas.js";

/** The channel on which a channel's members are published: `presence:` before its name, and its scope. */
export type PresenceChannel<
  Of extends RealtimeChannel = RealtimeChannel,
  MetaInput = unknown,
  Meta = unknown,
> = RealtimeChannel<
  `presence:${Of["name"]}`,
  PresenceEvents<Meta>,
  PresenceInbound<MetaInput, Meta>,
  Of["scope"],
  undefined
> & {
  /** The channel whose members these are. */
  readonly of: Of;
};

/**
 * Describes the presence channel of a channel. A member is a connection that is subscribed to `of`.
 * @example const boardPresence = definePresenceChannel(boardChannel, { meta: z.object({ looksAt: z.string() }) });
 */
export function definePresenceChannel<Of extends RealtimeChannel, MetaInput, Meta>(
  of: Of,
  { meta }: { readonly meta: Schema<MetaInput, Meta> },
): PresenceChannel<Of, MetaInput, Meta> {
  if (!isSchema(meta))
    throw new TypeError(`Presence of "${of.name}": meta must be a Standard Schema; use z.object({}) for none.`);

  const sibling = defineGenericChannel({
    name: `presence:${of.name}` as string,
    scope: of.scope as "public", // whichever it is: the name keeps its placeholders, so a userScoped one still fits
    payload: presenceEvents<Meta>(),
    inbound: presenceInbound(meta),
  });

  const presence = { ...sibling, of };
  return Object.freeze(presence) as unknown as PresenceChannel<Of, MetaInput, Meta>;
}
