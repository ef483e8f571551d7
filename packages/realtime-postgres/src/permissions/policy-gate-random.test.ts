import { seededRandom } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { randomApplication, randomName, randomUser, type Random } from "../testing/random-policies.js";
import { run } from "../testing/seed-application.js";
import { SqlError } from "../client/sql-client.js";
import type { Decision } from "./decision.js";
import { PolicyGate } from "./policy-gate.js";

/** On a server; PGlite, which makes each decision by hand ten times as slow, takes a quarter. `RLS_DECISIONS=100000 npx vitest run src/permissions/policy-gate-random.test.ts` takes some minutes. */
const DECISIONS = Number(process.env["RLS_DECISIONS"] ?? 6_000);
const SEED = Number(process.env["RLS_SEED"] ?? 10);
const DATABASES = ["PGlite", "Postgres 15", "Postgres 16", "Postgres 17", "Postgres 18"];
const PER_ROUND = 500;
const MS_PER_DECISION = 60; // on a machine that is busy with four other things
const AT_ONCE = 8;

interface Request {
  readonly kind: "subscribe" | "publish";
  readonly user: ReturnType<typeof randomUser>;
  readonly name: string;
  readonly payload: string;
}

function randomRequest(random: Random): Request {
  const kind = random() < 0.5 ? "subscribe" : "publish";
  return {
    kind,
    user: randomUser(random),
    name: randomName(random),
    payload: JSON.stringify({ n: Math.floor(random() * 2) }),
  };
}

/** The same request, made by hand: a transaction of its own, statement by statement. */
async function decidedByHand(
  client: SqlClient,
  { kind, user, name, payload }: Request,
  patterns: readonly string[],
): Promise<string> {
  const role = user ? "authenticated" : "anon";
  const pattern = mostSpecific(patterns, name);
  let outcome = "none";
  try {
    await client.transaction(async (connection) => {
      const [row] = await connection.query<{ id: string; enabled: boolean }>(
        "select id, enabled from realtime.channels where pattern = $1",
        [pattern],
      );
      if (!row?.enabled) return (outcome = "disabled");
      await connection.execute(`set local role ${role}`);
      const claims = JSON.stringify({ ...(user && { roles: [], tier: user.tier, sub: user.userId }), role });
      await connection.query(
        `select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true),
           set_config('request.jwt.claim.role', $3, true),
           set_config('realtime.channel_name', $4, true), set_config('realtime.channel_pattern', $5, true)`,
        [claims, user?.userId ?? "", role, name, pattern],
      );
      if (kind === "subscribe") {
        const rows = await connection.query("select 1 from realtime.channels where id = $1", [row.id]);
        outcome = rows.length === 1 ? "allowed" : "refused";
      } else {
        await connection.query(
          "insert into realtime.messages (channel_name, event_name, payload) values ($1, 'e', $2)",
          [name, payload],
        );
        outcome = "allowed";
      }
      throw new RolledBack();
    });
  } catch (cause) {
    if (cause instanceof RolledBack) return outcome;
    if (!(cause instanceof SqlError)) throw cause;
    return cause.message.startsWith("new row violates row-level security") ? "refused" : `failed ${cause.code}`;
  }
  return outcome;
}

class RolledBack extends Error {}

/** By segments, literally: a second implementation of what `realtime.channel_of` does. */
function mostSpecific(patterns: readonly string[], name: string): string | undefined {
  const parts = name.split(":");
  const rank = (pattern: string) =>
    pattern
      .split(":")
      .map((part) => (part === "%%" ? "c" : part === "%" ? "b" : "a"))
      .join("");
  return patterns
    .filter((pattern) => {
      const wanted = pattern.split(":");
      const isOpen = wanted.at(-1) === "%%";
      const hasLength = isOpen ? parts.length >= wanted.length : parts.length === wanted.length;
      return hasLength && wanted.every((part, index) => part.startsWith("%") || part === parts[index]);
    })
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

function textOf(decision: Decision): string {
  return decision.kind === "failed" ? `failed ${decision.error.code}` : decision.kind;
}

onEachDatabase((name, open) => {
  it(
    "decides as SELECT and INSERT under the user's role do, for random policies, rows, users and names",
    async () => {
      const { client } = await open();
      const gate = new PolicyGate(client, {
        claimsOf: (user) => (user ? { roles: [], ...user.claims } : {}),
      });
      const seed = SEED + DATABASES.indexOf(name); // each server decides other cases
      const random = seededRandom(seed);
      const seen = new Map<string, number>();
      let inserted = 0;
      const decisions = name === "PGlite" ? DECISIONS / 4 : DECISIONS;
      for (let done = 0; done < decisions; done += PER_ROUND) {
        const { patterns, script } = randomApplication(random);
        await run(client, script);
        const requests = Array.from({ length: PER_ROUND }, () => randomRequest(random));
        const byHand: string[] = [];
        let next = 0;
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            for (let index = next++; index < requests.length; index = next++)
              byHand[index] = await decidedByHand(client, requests[index] as Request, patterns);
          }),
        );
        const decided = await Promise.all(
          requests.map(({ kind, user, name: channel, payload }) => {
            const realtimeUser = user && { userId: user.userId, roles: [], claims: { tier: user.tier } };
            return kind === "subscribe"
              ? gate.subscribe(realtimeUser, channel)
              : gate.publish({ user: realtimeUser, name: channel, event: "e", payload });
          }),
        );
        const differences = requests.flatMap((request, index) => {
          const [expected, actual] = [byHand[index] ?? "", textOf(decided[index] as Decision)];
          seen.set(`${request.kind} ${expected}`, (seen.get(`${request.kind} ${expected}`) ?? 0) + 1);
          if (request.kind === "publish" && actual === "allowed") inserted += 1;
          return expected === actual ? [] : [{ ...request, expected, actual }];
        });
        expect(differences, `RLS_SEED=${SEED}`).toEqual([]);
      }
      expect(await client.query("select count(*)::integer as count from realtime.messages")).toEqual([
        { count: inserted },
      ]);
      for (const kind of ["subscribe", "publish"])
        for (const outcome of name === "PGlite"
          ? ["allowed", "refused"]
          : ["allowed", "refused", "disabled", "failed 22P02"])
          expect([kind, outcome, (seen.get(`${kind} ${outcome}`) ?? 0) > 0]).toEqual([kind, outcome, true]);
    },
    Math.max(60_000, DECISIONS * MS_PER_DECISION),
  );
});
