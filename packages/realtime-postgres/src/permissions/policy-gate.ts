import { createHash } from "node:crypto";
import type { RealtimeUser } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import { identityOf, type ClientIdentity, type IdentityOptions } from "./client-identity.js";
import { readDecision, type Decision } from "./decision.js";
import { TurnBatch } from "./turn-batch.js";

/** A message that a client publishes. */
export interface PublishRequest {
  readonly user: RealtimeUser | null;
  /** The channel's name in SQL. */
  readonly name: string;
  readonly event: string;
  /** JSON text; undefined where there is no payload. */
  readonly payload: string | undefined;
  /** The user's id of this message: sent again, it is stored once. Without a user it has no effect: visitors cannot be distinguished. */
  readonly messageId?: string | undefined;
}

interface Subscribe {
  readonly identity: ClientIdentity;
  readonly name: string;
}

interface Publish extends Subscribe {
  readonly event: string;
  readonly payload: string | undefined;
  readonly key: string | undefined;
}

const MAX_SUBSCRIBES = 250; // of one statement: a thousand are decided on several processors, and no request waits for all of them
const MAX_PUBLISHES = 1_000;
const MAX_BYTES = 4 * 1024 * 1024; // 60 of the largest messages; one statement of it takes milliseconds to send
const MAX_RUNNING = 4; // of the ten connections that a pool has by default
const REFUSED: Decision = Object.freeze({ kind: "refused" });

/**
 * Row-level security as gates: a subscribe is a SELECT on realtime.channels, a publish an INSERT into realtime.messages, each as the user,
 * in a transaction of its own. All of one turn go in one statement. Rejects where the database decided nothing.
 */
export class PolicyGate {
  readonly #identities: IdentityOptions;
  readonly #subscribes: TurnBatch<Subscribe, Decision>;
  readonly #publishes: TurnBatch<Publish, Decision>;

  constructor(client: SqlClient, identities: IdentityOptions = {}) {
    this.#identities = identities;
    const bounds = { maxWeight: MAX_BYTES, maxRunning: MAX_RUNNING };
    this.#subscribes = new TurnBatch<Subscribe, Decision>({
      ...bounds,
      maxItems: MAX_SUBSCRIBES,
      weightOf,
      run: (items) => decideSubscribes(client, items),
    });
    this.#publishes = new TurnBatch<Publish, Decision>({
      ...bounds,
      maxItems: MAX_PUBLISHES,
      weightOf,
      run: (items) => decidePublishes(client, items),
    });
  }

  /** May the user subscribe to the channel of this name in SQL? */
  async subscribe(user: RealtimeUser | null, name: string): Promise<Decision> {
    const identity = identityOf(user, this.#identities);
    return identity ? this.#subscribes.add({ identity, name }) : REFUSED;
  }

  /** Inserts the message, where the user may. */
  async publish({ user, name, event, payload, messageId }: PublishRequest): Promise<Decision> {
    if (UNSTORABLE.test(event)) return { kind: "invalid", why: "the event's name cannot be stored" };
    const identity = identityOf(user, this.#identities);
    const key = user && messageId !== undefined ? messageKey(user.userId, messageId) : undefined;
    return identity ? this.#publishes.add({ identity, name, event, payload, key }) : REFUSED;
  }
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** A hash, so that no client can write the key of an application's broadcast. */
function messageKey(userId: string, messageId: string): string {
  const hash = createHash("sha256").update(JSON.stringify([userId, messageId]));
  return `client ${hash.digest("base64url")}`;
}

async function decideSubscribes(client: SqlClient, items: readonly Subscribe[]): Promise<readonly Decision[]> {
  return inOrderOf(byRoleAndName, items, (sorted) =>
    client.query<Results>("call realtime.decide($1, $2, $3, $4)", identityColumns(sorted)),
  );
}

async function decidePublishes(client: SqlClient, items: readonly Publish[]): Promise<readonly Decision[]> {
  return inOrderOf(byRole, items, (sorted) =>
    client.query<Results>("call realtime.decide($1, $2, $3, $4, $5, $6, $7)", [
      ...identityColumns(sorted),
      sorted.map(({ event }) => event),
      sorted.map(({ payload }) => payload ?? null),
      sorted.map(({ key }) => key ?? null),
    ]),
  );
}

interface Results {
  readonly results: readonly string[];
}

function identityColumns(items: readonly Subscribe[]): readonly (readonly string[])[] {
  return [
    items.map(({ identity }) => identity.role),
    items.map(({ identity }) => identity.subject),
    items.map(({ identity }) => identity.claims),
    items.map(({ name }) => name),
  ];
}

type Order = (a: Subscribe, b: Subscribe) => number;

/** The database plans a statement anew when the role changes: so those of one role stand together. Publishes keep their order within it. */
const byRole: Order = (a, b) => compare(a.identity.role, b.identity.role);

/** It looks up a name's channel once for all that stand together. */
const byRoleAndName: Order = (a, b) => byRole(a, b) || compare(a.name, b.name);

/** Results are in the items' order. */
async function inOrderOf<Item extends Subscribe>(
  order: Order,
  items: readonly Item[],
  decide: (sorted: readonly Item[]) => Promise<readonly Results[]>,
): Promise<readonly Decision[]> {
  const sorted = items.map((item, index) => ({ item, index })).toSorted((a, b) => order(a.item, b.item));
  const [row] = await decide(sorted.map(({ item }) => item));
  const decisions: Decision[] = [];
  for (const [place, { index }] of sorted.entries()) {
    const text = row?.results[place];
    if (text !== undefined) decisions[index] = readDecision(text);
  }
  return decisions;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function weightOf({ identity, name, payload = "" }: Subscribe & Partial<Publish>): number {
  return identity.claims.length + name.length + payload.length + OVERHEAD;
}

const OVERHEAD = 200; // bytes: the rest of an item
