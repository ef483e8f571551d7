import type { ComparisonOperator, Condition, QueryNode, QueryValue } from "../../query/query-node.js";
import { LISTED, ROOMS, USERS } from "./fuzz-schema.js";
import type { Random } from "./random.js";

type Listed = (typeof LISTED)[number];

/** Values of each column: few, so that they meet. Null stands for NULL. */
export const VALUES: Readonly<Record<Listed | "secret", readonly (QueryValue | null)[]>> = {
  id: Array.from({ length: 60 }, (_, index) => index + 1),
  room: [...Array.from({ length: ROOMS }, (_, index) => index), null],
  owner: [...USERS.map((user) => user ?? null)],
  status: ["open", "done", "hidden", "Open", "ärger", null],
  prio: [0, 1, 2, 3, 7, null],
  score: ["0.5", "0.50", "1.5", "-2", "NaN", "10", null],
  big: ["9007199254740993", "9007199254740992", "-1", "5", null],
  tags: ["{}", "{public}", "{a,b}", "{a,public}", '{NULL,"b c"}', null],
  title: ["a", "ab", "B", "a_b", "100%", "\u{1F600}", "\uffee", "", null],
  at: [
    "2024-01-01T00:00:00Z",
    "2024-01-01T01:00:00+01:00",
    "12024-05-05T00:00:00Z",
    "infinity",
    "0044-03-15T00:00:00Z BC",
    null,
  ],
  ratio: ["0.1", "-0.5", "NaN", "Infinity", "1e300", null],
  is_open: [true, false, null],
  kind: ["low", "mid", "high", null],
  secret: ["x", "y", null],
};

const COMPARISONS: readonly ComparisonOperator[] = ["=", "=", "<>", "<", "<=", ">", ">="];
const PATTERNS = ["a%", "%b", "_", "%\\%", "a\\_b", "%", "", "A%"];
const TAGS = ["public", "a", "b", "b c"];

export function randomQuery(random: Random): QueryNode {
  const isCount = random.chance(0.08);
  const distinctOn = random.chance(0.08) ? [random.pick(["room", "status", "kind", "owner"] as const)] : undefined;
  const columns = random.some(LISTED, 0.12);
  const orderBy = (random.chance(0.75) ? [random.pick(LISTED), ...columns] : [])
    .filter((name, index, all) => name !== "tags" && all.indexOf(name) === index)
    .slice(0, 3)
    .map((name) => [name, random.pick(["asc", "desc"] as const)] as const);
  return {
    table: "items",
    ...(random.chance(0.8) && { where: randomCondition(random, 2) }),
    ...(random.chance(0.4) && { select: [random.pick(LISTED), ...random.some(LISTED, 0.3)] }),
    ...(orderBy.length > 0 && { orderBy }),
    ...(random.chance(0.5) && { limit: random.chance(0.05) ? 0 : 1 + random.below(8) }),
    ...(random.chance(0.08) && { offset: 1 + random.below(4) }),
    ...(distinctOn && { distinctOn }),
    ...(isCount && { count: true as const }),
  };
}

function randomCondition(random: Random, depth: number): Condition {
  if (depth > 0 && random.chance(0.35)) {
    const group = Array.from({ length: random.below(3) + Number(random.chance(0.95)) }, () =>
      randomCondition(random, depth - 1),
    );
    return random.pick([
      () => ({ and: group }),
      () => ({ or: group }),
      () => ({ not: randomCondition(random, depth - 1) }),
    ])();
  }
  return randomComparison(random);
}

function randomComparison(random: Random): Condition {
  if (random.chance(0.45)) return ["room", "=", random.below(ROOMS)];
  const column = random.pick(LISTED);
  if (random.chance(0.1)) return [column, random.pick(["is null", "is not null"] as const)];
  if (column === "tags") return [column, "contains", random.some(TAGS, 0.35)];
  const values = VALUES[column].filter((value): value is QueryValue => value !== null);
  if ((column === "title" || column === "status") && random.chance(0.4))
    return [column, random.pick(["like", "like", "ilike"] as const), random.pick(PATTERNS)];
  if (random.chance(0.2)) return [column, "in", random.some(values, 0.3)];
  return [column, random.pick(COMPARISONS), random.pick(values)];
}
