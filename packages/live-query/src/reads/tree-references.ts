import { atomOf, eachNode, fieldOf, isList, nodesOf, type TreeNode, type TreeValue } from "./node-tree.js";
import type { ValueSource } from "./read-set.js";
import { tableEqualities, type ColumnEquality } from "./table-equalities.js";

/** What a tree refers to, by oid. */
export interface TreeReferences {
  readonly relations: readonly RelationReference[];
  readonly functions: ReadonlySet<string>;
  readonly operators: ReadonlySet<string>;
}

/** One place where a tree reads a table or view. */
export interface RelationReference {
  readonly relation: string;
  /** Each alone decides which rows matter; empty: all may. */
  readonly equalities: readonly ColumnEquality[];
}

export interface TreeReading {
  /** The tree's parameters are those of the statement; false in a function's body, whose parameters are its own. */
  readonly hasParameters: boolean;
}

/** Reads a tree: a statement, a view's query, a policy's condition, a function's body. */
export function referencesOf(tree: TreeValue, { hasParameters }: TreeReading): TreeReferences {
  const relations: RelationReference[] = [];
  const functions = new Set<string>();
  const operators = new Set<string>();
  for (const node of eachNode(tree)) {
    if (node.name === "QUERY") relations.push(...relationsOf(node, hasParameters));
    for (const field of FUNCTION_FIELDS) addOid(functions, fieldOf(node, field));
    for (const field of OPERATOR_FIELDS) addOid(operators, fieldOf(node, field));
  }
  return { relations, functions, operators };
}

const FUNCTION_FIELDS = ["funcid", "aggfnoid", "winfnoid"];
const OPERATOR_FIELDS = ["opno", "opnos"];
const TABLE_ENTRY = "0";
const INSERT = "3";

function relationsOf(query: TreeNode, hasParameters: boolean): readonly RelationReference[] {
  const equalities = tableEqualities(query);
  const written = writtenOnly(query);
  return nodesOf(fieldOf(query, "rtable")).flatMap((entry, index) => {
    if (atomOf(entry, "rtekind") !== TABLE_ENTRY || index + 1 === written) return [];
    const known = (equalities.get(index + 1) ?? []).filter(({ values }) => hasParameters || values.every(isConstant));
    return [{ relation: atomOf(entry, "relid"), equalities: known }];
  });
}

/** The table into which an INSERT writes is not read by it, but for ON CONFLICT. */
function writtenOnly(query: TreeNode): number | undefined {
  const isInsert = atomOf(query, "commandType") === INSERT && fieldOf(query, "onConflict") === undefined;
  return isInsert ? Number(atomOf(query, "resultRelation")) : undefined;
}

function isConstant(source: ValueSource): boolean {
  return "constant" in source;
}

function addOid(found: Set<string>, value: TreeValue): void {
  const oids = isList(value) ? value : [value]; // a list of oids begins with `o`
  for (const oid of oids) if (typeof oid === "string" && /^[1-9]\d*$/.test(oid)) found.add(oid);
}
