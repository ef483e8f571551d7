import type { LawName } from "../judge/evidence";
import { FALLEN, INTRUDER } from "../cluster/cast";
import { vault, vaultPresence } from "../cluster/chaos-channels";
import type { Sabotage } from "./sabotage";
import { spoiltHistory } from "./spoilt-history";
import { spoiltPresenceStore } from "./spoilt-presence-store";
import { spoiltServer, type SpoilDelivery } from "./spoilt-server";

/** A way to break a promise, and the laws that must notice. */
export interface NamedSabotage {
  readonly name: string;
  readonly breaks: readonly LawName[];
  readonly sabotage: Sabotage;
  /** Where it needs another weather than the rest. */
  readonly faultEveryMs?: number;
}

const EVERY = 7;

/** True for every seventh call. */
function seldom(): () => boolean {
  let calls = 0;
  return () => (calls += 1) % EVERY === 0;
}

/** Messages of a channel also reach every connection of a token. */
function alsoTo(token: string, { name }: { readonly name: string }): SpoilDelivery {
  return (honest, connectionsOf) => (message, to) =>
    honest(message, message.channel === name ? new Set([...to, ...connectionsOf(token)]) : to);
}

/** Every promise, broken in its own way. */
export const SABOTAGES: readonly NamedSabotage[] = [
  {
    name: "drops a message on the wire",
    breaks: ["no hole", "no needless resubscribe"],
    sabotage: {
      transport: spoiltServer((honest, _connectionsOf, isTime = seldom()) => (message, to) => {
        if (!isTime()) honest(message, to);
      }),
    },
  },
  {
    name: "doubles a message on the wire",
    breaks: ["once"],
    sabotage: {
      transport: spoiltServer((honest, _connectionsOf, isTime = seldom()) => (message, to) => {
        honest(message, to);
        if (isTime()) honest(message, to);
      }),
    },
  },
  {
    name: "changes the order of two messages on the wire",
    breaks: ["in order", "no hole"],
    sabotage: {
      transport: spoiltServer((honest, _connectionsOf, isTime = seldom()) => {
        const late = new Map<string, () => void>();
        return (message, to) => {
          const { channel } = message;
          const earlier = late.get(channel);
          late.delete(channel);
          if (!earlier && isTime()) return void late.set(channel, () => honest(message, to));
          honest(message, to);
          earlier?.();
        };
      }),
    },
  },
  {
    name: "delivers to one who was refused",
    breaks: ["rights"],
    sabotage: { transport: spoiltServer(alsoTo(INTRUDER, vault)) },
  },
  {
    name: "delivers to one whose right has ended",
    breaks: ["rights"],
    sabotage: { transport: spoiltServer(alsoTo(FALLEN, vault)) },
  },
  {
    name: "acknowledges a message and forgets it",
    breaks: ["no silent gap"],
    sabotage: {
      history: (isTime = seldom()) =>
        spoiltHistory({ forget: ({ envelope: { id } }) => (isTime() ? { kind: "repeated", id } : undefined) }),
    },
  },
  {
    name: "replies half a gap",
    breaks: ["no silent gap"],
    sabotage: {
      history: () =>
        spoiltHistory({
          recovery: (page) => ({ ...page, messages: page.messages.slice(Math.ceil(page.messages.length / 2)) }),
        }),
    },
  },
  {
    name: "replies to a gap in the wrong order",
    breaks: ["in order"],
    sabotage: {
      history: () => spoiltHistory({ recovery: (page) => ({ ...page, messages: page.messages.toReversed() }) }),
    },
  },
  {
    name: "reports a gap that it holds",
    breaks: ["no needless gap"],
    sabotage: {
      history: () => spoiltHistory({ recovery: (page) => ({ ...page, complete: false, messages: [] }) }),
    },
  },
  {
    name: "publishes a repeated message again",
    breaks: ["once"],
    sabotage: { forgetsIds: true },
  },
  {
    name: "keeps those in the list who have gone",
    breaks: ["no ghost"],
    sabotage: {
      presenceStore: spoiltPresenceStore({
        remove(channel, connectionId, honest) {
          const known = honest.list(channel).members.find((member) => member.connectionId === connectionId);
          return { known, tabs: 0 };
        },
      }),
    },
  },
  {
    name: "never publishes a leave",
    breaks: ["no ghost"],
    sabotage: {
      presenceStore: spoiltPresenceStore({
        remove: (channel, connectionId, honest) => ({ ...honest.remove(channel, connectionId), known: undefined }),
      }),
    },
  },
  {
    name: "forgets those who have come",
    breaks: ["nobody missing"],
    sabotage: { presenceStore: spoiltPresenceStore({ put: () => ({ known: undefined, tabs: 1 }) }) },
  },
  {
    name: "publishes a join twice",
    breaks: ["coming and going in turn"],
    sabotage: {
      presenceStore: spoiltPresenceStore({
        put: (channel, stored, honest) => ({ ...honest.put(channel, stored), known: undefined }),
      }),
    },
  },
  {
    name: "shows who is there to one who was put out",
    breaks: ["sight"],
    sabotage: { showsMembersToAll: true },
  },
  {
    name: "delivers presence to a client that was refused",
    breaks: ["sight"],
    sabotage: { transport: spoiltServer(alsoTo(INTRUDER, vaultPresence)) },
  },
];
