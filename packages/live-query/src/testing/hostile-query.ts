import type { Random } from "./fuzz/random.js";

/** Text that has broken something somewhere. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...[
    "'",
    "''",
    '"',
    '"";--',
    "'; drop table annotations; --",
    "1' or '1'='1",
    "/*",
    "*/",
    "--",
    "$1",
    "$$",
    "$visible$",
    "\\",
    "\\'",
  ],
  ...[
    "\0",
    "a\0b",
    "\ud800",
    "\udfff",
    "\u{1F600}",
    "\u202e",
    "",
    " ",
    "null",
    "NULL",
    "true",
    "NaN",
    "Infinity",
    "-0",
    "1e400",
  ],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "then", "length"],
  ...[
    "ctid",
    "xmin",
    "xmax",
    "cmin",
    "tableoid",
    "oid",
    "secret",
    "*",
    "t.*",
    "id, secret",
    "id::text",
    "(select 1)",
    "pg_sleep(9)",
    "t",
  ],
  ...[
    "members",
    "widgets",
    "public.annotations",
    "public.members",
    "pg_catalog.pg_authid",
    "pg_roles",
    "realtime.changes_0",
    "ANNOTATIONS",
  ],
  ...[
    "(a+)+$",
    "%".repeat(300),
    `${"a%".repeat(100)}b`,
    `${"_".repeat(200)}%${"_".repeat(50)}`,
    "\\%",
    "%\\",
    "[a-z]*",
    "(?=x)",
  ],
  ...[
    "x".repeat(8_192),
    "x".repeat(8_193),
    "é".repeat(63),
    "n".repeat(63),
    "n".repeat(64),
    "{",
    "{}",
    "{NULL}",
    '{"a"}',
    "{{1},{2}}",
    "[1]",
    "{}'",
  ],
  ...[
    "2024-01-01",
    "now",
    "tomorrow",
    "infinity",
    "24:00",
    "1e131071",
    `1${"0".repeat(2_000)}`,
    "9223372036854775808",
    "0x1F",
    "1_000",
    "１",
  ],
];

const COLUMNS = ["id", "widget_id", "actor_id", "body", "score", "tags", "created_at", "version"];
const OPERATORS = ["=", "<>", "<", "<=", ">", ">=", "like", "ilike", "in", "contains", "is null", "is not null"];
const ODD: readonly unknown[] = [
  null,
  undefined,
  true,
  -1,
  1.5,
  1e9,
  1e308,
  -0,
  [],
  {},
  [[]],
  [null],
  { and: [] },
  [1, "x", false],
];

/** A query as an attacker would send it: mostly well formed, with something odd in one or more places. */
export function hostileQuery(random: Random): unknown {
  if (random.chance(0.02))
    return random.pick<unknown>([null, 1, "x", [], {}, { name: text(random), args: {} }, { table: {} }]);
  const query: Record<string, unknown> = { table: random.chance(0.9) ? "annotations" : text(random) };
  if (random.chance(0.85)) query["where"] = condition(random, random.below(random.chance(0.05) ? 14 : 5));
  if (random.chance(0.3)) query["select"] = names(random);
  if (random.chance(0.4))
    query["orderBy"] = names(random).map((name) => [
      name,
      random.chance(0.9) ? random.pick(["asc", "desc"]) : text(random),
    ]);
  if (random.chance(0.3))
    query["limit"] = random.pick<unknown>([0, 1, 10, 1_000, 1_001, -1, 1e9, 1.5, "1", null, "NaN", 2 ** 53, {}]);
  if (random.chance(0.15)) query["offset"] = random.pick<unknown>([0, 5, 1e6, 1e7, -1, "0", null]);
  if (random.chance(0.1)) query["distinctOn"] = names(random);
  if (random.chance(0.05)) query["count"] = random.pick<unknown>([true, false, 1, "true"]);
  if (random.chance(0.03)) query[text(random).slice(0, 40)] = text(random);
  return query;
}

function text(random: Random): string {
  return random.pick(HOSTILE_TEXTS);
}

function name(random: Random): unknown {
  if (random.chance(0.92)) return random.pick(COLUMNS);
  return random.chance(0.8) ? text(random) : random.pick(ODD);
}

function names(random: Random): readonly unknown[] {
  return Array.from({ length: random.chance(0.02) ? 120 : 1 + random.below(3) }, () => name(random));
}

function value(random: Random): unknown {
  const kind = random.next();
  if (kind < 0.6) return text(random);
  if (kind < 0.7) return random.pick(ODD);
  return random.pick<unknown>([1, 3, "a0000000-0000-4000-8000-000000000001", "body 1", "5", "2024-01-01T00:00:00Z"]);
}

function condition(random: Random, depth: number): unknown {
  if (depth > 0 && random.chance(0.6)) {
    const inner = () => condition(random, depth - 1);
    const group = Array.from({ length: random.chance(0.02) ? 101 : random.below(4) }, inner);
    return random.pick<() => unknown>([
      () => ({ and: group }),
      () => ({ or: group }),
      () => ({ not: inner() }),
      () => ({ and: group, or: group }),
    ])();
  }
  if (random.chance(0.03)) return random.pick(ODD);
  const operator = random.chance(0.95) ? random.pick(OPERATORS) : text(random);
  const length = random.chance(0.05) ? 490 + random.below(20) : random.below(5);
  const values =
    operator === "in" || operator === "contains" ? Array.from({ length }, () => value(random)) : value(random);
  return operator.startsWith("is ") && random.chance(0.9) ? [name(random), operator] : [name(random), operator, values];
}
