import type { TSESTree } from "@typescript-eslint/utils";
import { isReadingSql } from "./reading-sql.ts";

/** What a call does, as far as its name tells: reads stored data, shapes what was read, or something unknown. */
export type CallKind = "read" | "shape" | "unknown";

const READS = /^(find|get|list|select|fetch)([A-Z]\w*)?$/;
const WRITES_TOO = /And[A-Z]|Or(Create|Insert|Add|Make|Register|Update)/; // findOneAndUpdate, findOrCreate
const SHAPES = words(
  "map flatMap filter slice at concat join toSorted toReversed includes some every reduce keys values entries",
  "fromEntries parse stringify json toJSON toISOString toString trim String Number Boolean",
);
const CHAINS = words(
  "from where and or limit offset skip take order orderBy sort groupBy having distinct join innerJoin leftJoin rightJoin",
  "fullJoin select selectAll populate lean exec all first one execute executeTakeFirst executeTakeFirstOrThrow then",
);

/** Judges a call, or a tagged template of SQL. */
export function callKind(call: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): CallKind {
  if (call.type === "TaggedTemplateExpression") return isReadingSql(call) ? "read" : "unknown";
  const name = calledName(call.callee);
  if (name === undefined) return "unknown";
  if (name === "query") return queryKind(call.arguments[0]);
  if (READS.test(name) && !WRITES_TOO.test(name)) return isGlobalFetch(call.callee) ? "unknown" : "read";
  if (SHAPES.has(name)) return "shape";
  return CHAINS.has(name) && startsWithRead(call.callee) ? "shape" : "unknown";
}

/** `query("select …")` and `query({ … })` read; what a variable holds is anybody's guess. */
function queryKind(argument: TSESTree.Node | undefined): CallKind {
  const isCriteria = argument === undefined || argument.type === "ObjectExpression";
  return isCriteria || isReadingSql(argument) ? "read" : "unknown";
}

function isGlobalFetch(callee: TSESTree.Node): boolean {
  return callee.type === "Identifier" && callee.name === "fetch"; // may just as well be a POST
}

/** Does a chain such as `db.selectFrom("orders").where(…).execute()` begin with a read? */
function startsWithRead(callee: TSESTree.Node): boolean {
  if (callee.type !== "MemberExpression" || callee.object.type !== "CallExpression") return false;
  return callKind(callee.object) === "read" || startsWithRead(callee.object.callee);
}

function calledName(callee: TSESTree.Node): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" || callee.computed) return undefined;
  return callee.property.type === "Identifier" ? callee.property.name : undefined;
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(" ").split(" "));
}
