import type { LawName } from "@repo/core-testing/chaos";
import { FALLEN, INTRUDER } from "../cast";
import { vault, vaultPresence } from "../chaos-channels";
import type { Sabotage } from "../chaos-node";
import { spoiltHistory } from "./spoilt-history";
import { spoiltPresenceStore } from "./spoilt-presence-store";
import { spoiltConnection, spoiltServer } from "./spoilt-server";

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

/** Every promise, broken in its own way. */
export const SABOTAGES: readonly NamedSabotage[] = [
  {
    name: "drops a message on the wire",
    breaks: ["no hole"],
    sabotage: {
      transport: spoiltServer({
        deliver:
          (honest, isTime = seldom()) =>
          (envelope, overflow) => {
            if (!isTime()) honest(envelope, overflow);
          },
      }),
    },
  },
  {
    name: "doubles a message on the wire",
    breaks: ["once"],
    sabotage: {
      transport: spoiltServer({
        deliver:
          (honest, isTime = seldom()) =>
          (envelope, overflow) => {
            honest(envelope, overflow);
            if (isTime()) honest(envelope, overflow);
          },
      }),
    },
  },
  {
    name: "changes the order of two messages on the wire",
    breaks: ["in order", "no hole"],
    sabotage: {
      transport: spoiltServer({
        deliver: (honest, isTime = seldom()) => {
          const late = new Map<string, () => void>();
          return (envelope, overflow) => {
            const { channel } = envelope;
            const earlier = late.get(channel);
            late.delete(channel);
            if (!earlier && isTime()) return void late.set(channel, () => honest(envelope, overflow));
            honest(envelope, overflow);
            earlier?.();
          };
        },
      }),
    },
  },
  {
    name: "delivers to one who was refused",
    breaks: ["rights"],
    sabotage: {
      transport: spoiltServer({
        connection(honest, token) {
          if (token === INTRUDER) honest.join(vault.name);
          return honest;
        },
      }),
    },
  },
  {
    name: "delivers to one whose right has ended",
    faultEveryMs: 600, // it must be connected when its right ends
    breaks: ["rights"],
    sabotage: {
      transport: spoiltServer({
        connection: (honest, token) => spoiltConnection(honest, token === FALLEN ? { leave: () => undefined } : {}),
      }),
    },
  },
  {
    name: "acknowledges a message and forgets it",
    breaks: ["no silent gap"],
    sabotage: {
      history(isTime = seldom()) {
        return spoiltHistory({
          append: (entry, honest) => (isTime() ? { id: entry.envelope.id, repeated: true } : honest.append(entry)),
        });
      },
    },
  },
  {
    name: "answers half a gap",
    breaks: ["no silent gap"],
    sabotage: {
      history: () =>
        spoiltHistory({
          recovery: (page) => ({ ...page, messages: page.messages.slice(Math.ceil(page.messages.length / 2)) }),
        }),
    },
  },
  {
    name: "answers a gap in the wrong order",
    breaks: ["in order"],
    sabotage: {
      history: () => spoiltHistory({ recovery: (page) => ({ ...page, messages: page.messages.toReversed() }) }),
    },
  },
  {
    name: "gives up a gap that it holds",
    breaks: ["no needless gap"],
    sabotage: {
      history: () => spoiltHistory({ recovery: (page) => ({ ...page, complete: false, messages: [] }) }),
    },
  },
  {
    name: "says a message again that was sent again",
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
    name: "never says that somebody has gone",
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
    name: "says twice that somebody has come",
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
    name: "tells one who was refused of who comes and goes",
    breaks: ["sight"],
    sabotage: {
      transport: spoiltServer({
        connection(honest, token) {
          if (token === INTRUDER) honest.join(vaultPresence.name);
          return honest;
        },
      }),
    },
  },
];
