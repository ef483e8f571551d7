import { columnOperand, constantOperand, isEquality, kindOf, parameterOperand } from "./equality-operators.js";
import { atomOf, fieldOf, isList, isNode, nodesOf, type TreeNode, type TreeValue } from "./node-tree.js";
import type { ValueSource } from "./read-set.js";

/** A column of one entry of a query's range table, with the values that it must have for its row to matter. */
export interface ColumnEquality {
  /** From 1, as in `pg_attribute`. */
  readonly attribute: number;
  readonly type: string;
  readonly values: readonly ValueSource[];
}

/**
 * The equalities that each entry of a query's range table (from 1) must fulfil: a row that fulfils one of them not, changes nothing
 * in the result. From WHERE and the ON of inner joins for all entries; from the ON of an outer join for the side that may be absent;
 * through columns that are compared with each other.
 */
export function tableEqualities(query: TreeNode): ReadonlyMap<number, readonly ColumnEquality[]> {
  const jointree = fieldOf(query, "jointree");
  const found = new Map<number, readonly ColumnEquality[]>();
  if (!isNode(jointree)) return found;
  const visit = (node: TreeNode, above: readonly TreeNode[]): void => {
    if (node.name === "RANGETBLREF") {
      const entry = Number(atomOf(node, "rtindex"));
      found.set(entry, equalitiesOf(entry, { query, conditions: above }));
    } else if (node.name === "FROMEXPR") {
      const conditions = [...above, ...conjuncts(fieldOf(node, "quals"))];
      for (const item of nodesOf(fieldOf(node, "fromlist"))) visit(item, conditions);
    } else if (node.name === "JOINEXPR") {
      const kind = JOINS[atomOf(node, "jointype")] ?? "full";
      const own = [...above, ...conjuncts(fieldOf(node, "quals"))];
      for (const item of nodesOf(fieldOf(node, "larg")))
        visit(item, kind === "inner" || kind === "right" ? own : above);
      for (const item of nodesOf(fieldOf(node, "rarg"))) visit(item, kind === "inner" || kind === "left" ? own : above);
    }
  };
  visit(jointree, []);
  return found;
}

const JOINS: Readonly<Record<string, "inner" | "left" | "full" | "right">> = {
  "0": "inner",
  "1": "left",
  "2": "full",
  "3": "right",
};

/** The conditions that all must be true. */
function conjuncts(value: TreeValue): readonly TreeNode[] {
  return nodesOf(value).flatMap((node) =>
    node.name === "BOOLEXPR" && atomOf(node, "boolop") === "and" ? conjuncts(fieldOf(node, "args")) : [node],
  );
}

interface Place {
  readonly query: TreeNode;
  readonly conditions: readonly TreeNode[];
}

/** Follows the columns that are equal to this entry's columns. */
function equalitiesOf(entry: number, { query, conditions }: Place): readonly ColumnEquality[] {
  const pairs: (readonly [Column, Column])[] = [];
  const known: (readonly [Column, readonly ValueSource[]])[] = [];
  for (const condition of conditions) {
    const [left, right] = nodesOf(fieldOf(condition, "args"));
    if (!left || !right || !isEquality(condition)) continue;
    const columns = [columnIn(query, left), columnIn(query, right)] as const;
    if (condition.name === "SCALARARRAYOPEXPR") {
      const values = atomOf(condition, "useOr") === "true" ? listedValues(right) : undefined;
      if (columns[0] && values) known.push([columns[0], values]);
    } else if (condition.name === "OPEXPR") {
      if (columns[0] && columns[1]) pairs.push([columns[0], columns[1]]);
      const column = columns[0] ?? columns[1];
      const value = valueOf(columns[0] ? right : left);
      if (column && value) known.push([column, [value]]);
    }
  }
  const equal = closures(pairs);
  return known
    .flatMap(([column, values]) => (equal.get(column.key) ?? [column]).map((each) => ({ ...each, values })))
    .filter((each) => each.entry === entry)
    .map(({ attribute, type, values }) => ({ attribute, type, values }));
}

interface Column {
  readonly key: string;
  readonly entry: number;
  readonly attribute: number;
  readonly type: string;
}

/** Each column → all that equal it. */
function closures(pairs: readonly (readonly [Column, Column])[]): ReadonlyMap<string, readonly Column[]> {
  const groups = new Map<string, readonly Column[]>();
  for (const [a, b] of pairs) {
    const joined = [
      ...new Map(
        [...(groups.get(a.key) ?? [a]), ...(groups.get(b.key) ?? [b])].map((each) => [each.key, each]),
      ).values(),
    ];
    for (const each of joined) groups.set(each.key, joined);
  }
  return groups;
}

/** The table's column that an operand is: a join's own columns are those of its sides. */
function columnIn(query: TreeNode, operand: TreeNode): Column | undefined {
  const node = columnOperand(operand);
  if (!node) return undefined;
  const [entry, attribute] = [Number(atomOf(node, "varno")), Number(atomOf(node, "varattno"))];
  const type = atomOf(node, "vartype");
  const table = nodesOf(fieldOf(query, "rtable"))[entry - 1];
  if (!table || !kindOf(type)) return undefined;
  if (atomOf(table, "rtekind") === JOIN_ENTRY) {
    const aliases = fieldOf(table, "joinaliasvars");
    const behind = isList(aliases) ? aliases[attribute - 1] : undefined;
    return isNode(behind) ? columnIn(query, behind) : undefined;
  }
  return attribute > 0 ? { key: `${entry}.${attribute}`, entry, attribute, type } : undefined;
}

const JOIN_ENTRY = "2";

function valueOf(node: TreeNode): ValueSource | undefined {
  const parameter = parameterOperand(node);
  if (parameter !== undefined) return { parameter };
  const constant = constantOperand(node);
  return constant && { constant: constant.value };
}

/** Of `= any ($1)` and `in ($1, $2)`. */
function listedValues(node: TreeNode): readonly ValueSource[] | undefined {
  const parameter = parameterOperand(node);
  if (parameter !== undefined && node.name === "PARAM") return [{ elementsOf: parameter }];
  if (node.name !== "ARRAYEXPR" || atomOf(node, "multidims") === "true") return undefined;
  const values = nodesOf(fieldOf(node, "elements")).map(valueOf);
  return values.every((value) => value !== undefined) ? values : undefined;
}
