import type { SqlConnection } from "@repo/realtime-postgres";
import { readFunctions, readRelations, type FunctionRow, type RelationRow } from "./catalogue.js";
import { kindOf } from "./equality-operators.js";
import { functionBody } from "./function-body.js";
import { parseNodeTree, type TreeValue } from "./node-tree.js";
import type { StatementEquality, StatementRead, StatementReads } from "./read-set.js";
import type { ColumnEquality } from "./table-equalities.js";
import { referencesOf, type RelationReference } from "./tree-references.js";

/** Collects what trees read: through views, policies, functions and operators, until nothing new is found. */
export class ReadsCollector {
  readonly #connection: SqlConnection;
  readonly #relations = new Map<string, RelationRow>();
  readonly #relatives = new Map<string, RelationRow>();
  readonly #seenFunctions = new Set<string>();
  readonly #seenOperators = new Set<string>();
  readonly #references: RelationReference[] = [];
  readonly #unknown = new Set<string>();

  constructor(connection: SqlConnection) {
    this.#connection = connection;
  }

  async addStatement(tree: TreeValue): Promise<void> {
    await this.#add([tree], { hasParameters: true });
  }

  reads(): StatementReads {
    const tables = this.#references.flatMap((reference) => this.#readsOf(reference));
    const whole = new Set(tables.filter(({ equals }) => !equals).map(({ table }) => table));
    const distinct = new Map(tables.map((read) => [JSON.stringify(read), read]));
    return {
      tables: [...distinct.values()].filter(({ table, equals }) => !equals || !whole.has(table)),
      unknown: [...this.#unknown],
    };
  }

  async #add(trees: readonly TreeValue[], reading: { readonly hasParameters: boolean }): Promise<void> {
    const found = trees.map((tree) => referencesOf(tree, reading));
    const relations = found.flatMap((references) => references.relations);
    this.#references.push(...relations);
    const next: TreeValue[] = [];
    for (const row of await this.#newRelations(relations))
      next.push(...[...(row.kind === "v" ? row.rules : []), ...row.policies].map(parseNodeTree));
    const rows = await this.#newFunctions(
      found.flatMap(({ functions }) => [...functions]),
      found.flatMap(({ operators }) => [...operators]),
    );
    for (const row of rows) {
      const body = await functionBody(this.#connection, row);
      if (body === "unknown") this.#unknown.add(row.name);
      else if (body !== "reads nothing") next.push(body.tree);
    }
    if (next.length > 0) await this.#add(next, { hasParameters: false });
  }

  async #newRelations(references: readonly RelationReference[]): Promise<readonly RelationRow[]> {
    const oids = [...new Set(references.map(({ relation }) => relation))].filter((oid) => !this.#relations.has(oid));
    if (oids.length === 0) return [];
    const rows = await readRelations(this.#connection, oids);
    for (const row of rows) this.#relations.set(row.oid, row);
    const relatives = rows.flatMap((row) => row.relatives).filter((oid) => !this.#relatives.has(oid));
    if (relatives.length === 0) return rows;
    for (const row of await readRelations(this.#connection, relatives)) this.#relatives.set(row.oid, row); // their policies do not apply
    return rows;
  }

  /** Those not seen before, with the parts of aggregates. */
  async #newFunctions(functions: readonly string[], operators: readonly string[]): Promise<readonly FunctionRow[]> {
    const wanted = newOnes(functions, this.#seenFunctions);
    const through = newOnes(operators, this.#seenOperators);
    if (wanted.length + through.length === 0) return [];
    const rows = await readFunctions(this.#connection, { functions: wanted, operators: through });
    for (const { oid } of rows) this.#seenFunctions.add(oid);
    const parts = rows.flatMap((row) => row.parts);
    return parts.length === 0 ? rows : [...rows, ...(await this.#newFunctions(parts, []))];
  }

  #readsOf({ relation, equalities }: RelationReference): readonly StatementRead[] {
    const row = this.#relations.get(relation);
    if (!row || row.kind === "v") return []; // a view's query is among the references
    if (row.isSystem || (row.kind !== "r" && row.kind !== "p")) {
      this.#unknown.add(row.name);
      return [];
    }
    const equals = bestOf(equalities, row);
    const own: StatementRead = { table: relation, equals };
    return [own, ...row.relatives.map((table) => ({ table, equals: this.#inRelative(table, equals) }))];
  }

  /** A table that shares rows has the same column, unless it stands above the one that added it. */
  #inRelative(table: string, equals: StatementEquality | undefined): StatementEquality | undefined {
    const columns = Object.values(this.#relatives.get(table)?.columns ?? {});
    return equals && columns.includes(equals.column) ? equals : undefined;
  }
}

/** The one equality that fewest rows fulfil, as far as that is known: of a unique column, else the first with one value. */
function bestOf(equalities: readonly ColumnEquality[], row: RelationRow): StatementEquality | undefined {
  const usable = equalities.flatMap(({ attribute, type, values }) => {
    const [column, kind] = [row.columns[attribute], kindOf(type)];
    return column !== undefined && kind
      ? [{ column, kind, values, isUnique: row.unique.includes(String(attribute)) }]
      : [];
  });
  const best =
    usable.find(({ isUnique }) => isUnique) ??
    usable.find(({ values }) => values.length === 1 && !isList(values)) ??
    usable[0];
  return best && { column: best.column, kind: best.kind, values: best.values };
}

function isList([source]: StatementEquality["values"]): boolean {
  return source !== undefined && "elementsOf" in source;
}

function newOnes(oids: readonly string[], seen: Set<string>): readonly string[] {
  const fresh = [...new Set(oids)].filter((oid) => !seen.has(oid));
  for (const oid of fresh) seen.add(oid);
  return fresh;
}
