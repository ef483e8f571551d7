import type { TSESTree } from "@typescript-eslint/utils";
import { staticString } from "./static-string.ts";

const READS = /^\s*(select|with|values)\b/i;
const WRITES = /\b(insert|update|delete|merge|nextval|setval|set_config|pg_\w+)\b/i; // pg_notify speaks, pg_advisory_lock locks

/** Is this SQL, written out here, that only reads? Plain text, a template, or a template tagged `sql` or `query`. */
export function isReadingSql(node: TSESTree.Node): boolean {
  const sql = textOf(node);
  return READS.test(sql) && !WRITES.test(sql);
}

function textOf(node: TSESTree.Node): string {
  if (node.type === "TemplateLiteral") return node.quasis.map((part) => part.value.raw).join("?");
  if (node.type === "TaggedTemplateExpression") return isSqlTag(node.tag) ? textOf(node.quasi) : "";
  return staticString(node) ?? "";
}

function isSqlTag(tag: TSESTree.Node): boolean {
  if (tag.type === "MemberExpression") return isSqlTag(tag.property);
  return tag.type === "Identifier" && /sql|query/i.test(tag.name); // sql, db.sql, prisma.$queryRaw
}
