import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { callKind } from "./database-reads.ts";
import type { FunctionNode } from "./handler-functions.ts";

type VisitorKeys = TSESLint.SourceCode["visitorKeys"];

/**
 * Does a function do nothing but read stored data and return it? Only a yes is proof: one call that is not known to read or
 * to shape, one assignment, one `new` of something unknown, and the answer is no.
 */
export function onlyReturnsReads({ body }: FunctionNode, keys: VisitorKeys): boolean {
  const nodes = descendants(body, keys);
  if (!nodes.every(isHarmless)) return false;
  const stored = new Set<string>(); // the names that hold what was read
  const comesFromStore = (node: TSESTree.Node): boolean =>
    descendants(node, keys).some((part) => isRead(part) || (part.type === "Identifier" && stored.has(part.name)));
  for (const node of nodes) {
    if (node.type !== "VariableDeclarator" || !node.init || !comesFromStore(node.init)) continue;
    for (const part of descendants(node.id, keys)) if (part.type === "Identifier") stored.add(part.name);
  }
  return returned(body, nodes).some(comesFromStore);
}

function isHarmless(node: TSESTree.Node): boolean {
  switch (node.type) {
    case "CallExpression":
    case "TaggedTemplateExpression":
      return callKind(node) !== "unknown";
    case "NewExpression":
      return node.callee.type === "Identifier" && /Error$|^(Date|Map|Set|URL)$/.test(node.callee.name);
    case "AssignmentExpression":
    case "UpdateExpression":
    case "ImportExpression":
      return false;
    default:
      return !(node.type === "UnaryExpression" && node.operator === "delete");
  }
}

function isRead(node: TSESTree.Node): boolean {
  return (node.type === "CallExpression" || node.type === "TaggedTemplateExpression") && callKind(node) === "read";
}

/** What the function answers: its expression, or what its returns return. */
function returned(body: TSESTree.Node, nodes: readonly TSESTree.Node[]): readonly TSESTree.Node[] {
  if (body.type !== "BlockStatement") return [body];
  return nodes.flatMap((node) => (node.type === "ReturnStatement" && node.argument ? [node.argument] : []));
}

function descendants(node: TSESTree.Node, keys: VisitorKeys): readonly TSESTree.Node[] {
  const children = (keys[node.type] ?? []).flatMap(
    (key) => Reflect.get(node, key) as TSESTree.Node | TSESTree.Node[] | null,
  );
  return [node, ...children.flatMap((child) => (child ? descendants(child, keys) : []))];
}
