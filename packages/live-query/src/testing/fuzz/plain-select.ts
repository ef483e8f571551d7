import type { Condition, QueryNode } from "../../query/query-node.js";
import { LISTED } from "./fuzz-schema.js";

const TYPES: Readonly<Record<string, string>> = {
  ...{
    id: "integer",
    room: "integer",
    owner: "uuid",
    status: "text",
    prio: "integer",
    score: "numeric",
    big: "bigint",
  },
  ...{ tags: "text[]", title: "text", at: "timestamptz", ratio: "float8", is_open: "boolean", kind: "public.kind" },
};
const AS_TEXT = new Set(["score", "big"]);

/** The query as written by hand, made without the engine's code: an expression that gives all its rows as one JSON array. */
export function plainSelect(query: QueryNode, maxRows: number): string {
  const { where, select = LISTED, orderBy = [], limit = maxRows, offset = 0, distinctOn = [], count } = query;
  const condition = where ? `where ${conditionText(where)}` : "";
  if (count) {
    const counted = distinctOn.length > 0 ? `distinct row(${distinctOn.join(", ")})` : "*";
    return `(select jsonb_build_array(jsonb_build_object('count', count(${counted}))) from public.items ${condition})`;
  }
  const directions = new Map(orderBy);
  const leading = distinctOn.map((name) => [name, directions.get(name) ?? "asc"] as const);
  const terms = [...leading, ...orderBy, ["id", "asc"] as const].map(([name, direction]) => `${name} ${direction}`);
  const distinct = distinctOn.length > 0 ? `distinct on (${distinctOn.join(", ")})` : "";
  return `(select coalesce(jsonb_agg(q.image), '[]') from (select ${distinct} ${imageText(["id", ...select])} as image
    from public.items ${condition} order by ${terms.join(", ")} limit ${limit} offset ${offset}) q)`;
}

/** A row as JSON has it. */
export function imageText(columns: readonly string[]): string {
  const fields = [...new Set(columns)].map((name) => `'${name}', ${name}${AS_TEXT.has(name) ? "::text" : ""}`);
  return `jsonb_build_object(${fields.join(", ")})`;
}

function conditionText(condition: Condition): string {
  if ("and" in condition)
    return condition.and.length === 0 ? "true" : `(${condition.and.map(conditionText).join(" and ")})`;
  if ("or" in condition)
    return condition.or.length === 0 ? "false" : `(${condition.or.map(conditionText).join(" or ")})`;
  if ("not" in condition) return `(not ${conditionText(condition.not)})`;
  const [name, operator, value] = condition;
  const type = TYPES[name] ?? "text";
  switch (operator) {
    case "is null":
    case "is not null":
      return `(${name} ${operator})`;
    case "in":
      return value.length === 0
        ? "false" // also for NULL
        : `(${name} in (${value.map((each) => `${literal(each)}::${type}`).join(", ")}))`;
    case "contains":
      return `(${name} @> array[${value.map(literal).join(", ")}]::${type})`;
    case "like":
    case "ilike":
      return `(${name} ${operator} ${literal(value)})`;
    default:
      return `(${name} ${operator} ${literal(value)}::${type})`;
  }
}

export function literal(value: unknown): string {
  return `E'${String(value).replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
