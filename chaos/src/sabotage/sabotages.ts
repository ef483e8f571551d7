import type { InvariantName } from "../checker/message-run";
import { REVOKED_USER, INTRUDER } from "../cluster/client-identities";
import { membersOnly, membersOnlyPresence } from "../cluster/chaos-channels";
import type { Sabotage } from "./sabotage";
import { faultyHistory } from "./faulty-history";
import { faultyPresenceStore } from "./faulty-presence-store";
import { faultyServer, type DeliveryFault } from "./faulty-server";

/** A way to break a promise, and the invariants that must be found violated. */
export interface NamedSabotage {
  readonly name: string;
  readonly breaks: readonly InvariantName[];
  readonly sabotage: Sabotage;
  /** Where it needs faults at another rate than the rest. */
  readonly faultEveryMs?: number;
}

const EVERY = 7;

/** True for every seventh call. */
function seldom(): () => boolean {
  let calls = 0;
  return () => (calls += 1) % EVERY === 0;
}

/** Messages of a channel also reach every connection of a token. */
function alsoTo(token: string, { name }: { readonly name: string }): DeliveryFault {
  return (original, connectionsOf) => (message, to) =>
    original(message, message.channel === name ? new Set([...to, ...connectionsOf(token)]) : to);
}

/** Every promise, broken in its own way. */
export const SABOTAGES: readonly NamedSabotage[] = [
  {
    name: "drops a message on the wire",
    breaks: ["no hole", "no needless resubscribe"],
    sabotage: {
      transport: faultyServer((original, _connectionsOf, isTime = seldom()) => (message, to) => {
        if (!isTime()) original(message, to);
      }),
    },
  },
  {
    name: "doubles a message on the wire",
    breaks: ["once"],
    sabotage: {
      transport: faultyServer((original, _connectionsOf, isTime = seldom()) => (message, to) => {
        original(message, to);
        if (isTime()) original(message, to);
      }),
    },
  },
  {
    name: "changes the order of two messages on the wire",
    breaks: ["in order", "no hole"],
    sabotage: {
      transport: faultyServer((original, _connectionsOf, isTime = seldom()) => {
        const late = new Map<string, () => void>();
        return (message, to) => {
          const { channel } = message;
          const earlier = late.get(channel);
          late.delete(channel);
          if (!earlier && isTime()) return void late.set(channel, () => original(message, to));
          original(message, to);
          earlier?.();
        };
      }),
    },
  },
  {
    name: "delivers to a client that was refused",
    breaks: ["rights"],
    sabotage: { transport: faultyServer(alsoTo(INTRUDER, membersOnly)) },
  },
  {
    name: "delivers to a client whose right has ended",
    breaks: ["rights"],
    sabotage: { transport: faultyServer(alsoTo(REVOKED_USER, membersOnly)) },
  },
  {
    name: "acknowledges a message and forgets it",
    breaks: ["no silent gap"],
    sabotage: {
      history: (isTime = seldom()) =>
        faultyHistory({ forget: ({ envelope: { id } }) => (isTime() ? { kind: "repeated", id } : undefined) }),
    },
  },
  {
    name: "replies with half a gap",
    breaks: ["no silent gap"],
    sabotage: {
      history: () =>
        faultyHistory({
          recovery: (page) => ({ ...page, messages: page.messages.slice(Math.ceil(page.messages.length / 2)) }),
        }),
    },
  },
  {
    name: "replies to a gap in the wrong order",
    breaks: ["in order"],
    sabotage: {
      history: () => faultyHistory({ recovery: (page) => ({ ...page, messages: page.messages.toReversed() }) }),
    },
  },
  {
    name: "reports a gap that it holds",
    breaks: ["no needless gap"],
    sabotage: {
      history: () => faultyHistory({ recovery: (page) => ({ ...page, complete: false, messages: [] }) }),
    },
  },
  {
    name: "publishes a repeated message again",
    breaks: ["once"],
    sabotage: { forgetsIds: true },
  },
  {
    name: "keeps members in the list that have left",
    breaks: ["no ghost"],
    sabotage: {
      presenceStore: faultyPresenceStore({
        remove(channel, connectionId, original) {
          const known = original.list(channel).members.find((member) => member.connectionId === connectionId);
          return { known, tabs: 0 };
        },
      }),
    },
  },
  {
    name: "never publishes a leave",
    breaks: ["no ghost"],
    sabotage: {
      presenceStore: faultyPresenceStore({
        remove: (channel, connectionId, original) => ({ ...original.remove(channel, connectionId), known: undefined }),
      }),
    },
  },
  {
    name: "forgets members that have joined",
    breaks: ["all members shown"],
    sabotage: { presenceStore: faultyPresenceStore({ put: () => ({ known: undefined, tabs: 1 }) }) },
  },
  {
    name: "publishes a join twice",
    breaks: ["joins and leaves alternate"],
    sabotage: {
      presenceStore: faultyPresenceStore({
        put: (channel, stored, original) => ({ ...original.put(channel, stored), known: undefined }),
      }),
    },
  },
  {
    name: "shows the members to a client whose right has ended",
    breaks: ["visibility"],
    sabotage: { showsMembersToAll: true },
  },
  {
    name: "delivers presence to a client that was refused",
    breaks: ["visibility"],
    sabotage: { transport: faultyServer(alsoTo(INTRUDER, membersOnlyPresence)) },
  },
];
