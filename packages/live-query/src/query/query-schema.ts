import { z } from "zod";
import type { Condition, NamedQuery, QueryNode } from "./query-node.js";

export const MAX_DEPTH = 6; // groups within groups; what a person can read has three
export const MAX_CONDITIONS = 100; // of one query
export const MAX_VALUES = 500; // of one `in` or `contains`
const MAX_TEXT = 8_192; // characters of one value
const MAX_NAME = 63; // bytes of an identifier in Postgres
const MAX_COLUMNS = 100;

const name = z.string().min(1).max(MAX_NAME);
const value = z.union([z.string().max(MAX_TEXT), z.number(), z.boolean()]);
const values = z.array(value).max(MAX_VALUES);

const comparison = z.union([
  z.tuple([name, z.enum(["=", "<>", "<", "<=", ">", ">=", "like", "ilike"]), value]),
  z.tuple([name, z.enum(["in", "contains"]), values]),
  z.tuple([name, z.enum(["is null", "is not null"])]),
]);

/** Nested as deep as is allowed, and no deeper: a parser that recurses without end would be the first thing an attacker tries. */
function conditionTo(depth: number): z.ZodType<Condition> {
  if (depth === 0) return comparison;
  const inner = conditionTo(depth - 1);
  const group = z.array(inner).max(MAX_CONDITIONS);
  return z.union([
    comparison,
    z.strictObject({ and: group }),
    z.strictObject({ or: group }),
    z.strictObject({ not: inner }),
  ]);
}

const condition = conditionTo(MAX_DEPTH).refine((given) => countOf(given) <= MAX_CONDITIONS, {
  message: `at most ${MAX_CONDITIONS} conditions`,
});

function countOf(given: Condition): number {
  if ("and" in given) return given.and.reduce((sum, each) => sum + countOf(each), 0);
  if ("or" in given) return given.or.reduce((sum, each) => sum + countOf(each), 0);
  return "not" in given ? countOf(given.not) : 1;
}

const count = z.int().min(0).max(1_000_000);

/** What a client may send as a query. Which tables and columns there are is decided later, by the server's list. */
export const queryNodeSchema: z.ZodType<QueryNode> = z.strictObject({
  table: name,
  where: condition.optional(),
  select: z.array(name).min(1).max(MAX_COLUMNS).optional(),
  orderBy: z
    .array(z.tuple([name, z.enum(["asc", "desc"])]))
    .max(MAX_COLUMNS)
    .optional(),
  limit: count.optional(),
  offset: count.optional(),
  distinctOn: z.array(name).min(1).max(MAX_COLUMNS).optional(),
  count: z.literal(true).optional(),
});

const namedQuerySchema: z.ZodType<NamedQuery> = z.strictObject({
  name: z.string().min(1).max(200),
  args: z.json().optional(),
});

export const querySchema = z.union([queryNodeSchema, namedQuerySchema]);
