/** One node of a parse tree that Postgres keeps in its catalogue (type `pg_node_tree`): a view's query, a policy's condition, a function's body. */
export interface TreeNode {
  /** Such as `QUERY` or `OPEXPR`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, TreeValue>;
}

/** A node, a list, an atom as text, or undefined where Postgres writes `<>`. */
export type TreeValue = TreeNode | readonly TreeValue[] | string | undefined;

/** Reads the text of a `pg_node_tree`. Throws a `TypeError` where it is none. */
export function parseNodeTree(text: string): TreeValue {
  const tokens = text.match(TOKEN) ?? [];
  const reader = new TreeReader(tokens);
  const value = reader.value();
  if (reader.isAtEnd) return value;
  throw new TypeError(`This is no node tree of Postgres: ${text.slice(0, 80)}`);
}

export function isNode(value: TreeValue): value is TreeNode {
  return typeof value === "object" && !isList(value);
}

export function isList(value: TreeValue): value is readonly TreeValue[] {
  return Array.isArray(value);
}

/** The nodes of a list, the node alone, or none. */
export function nodesOf(value: TreeValue): readonly TreeNode[] {
  if (isList(value)) return value.flatMap(nodesOf);
  return isNode(value) ? [value] : [];
}

export function fieldOf(node: TreeNode, name: string): TreeValue {
  return node.fields.get(name);
}

/** A field that is an atom: an oid, a number, a flag. */
export function atomOf(node: TreeNode, name: string): string {
  const value = node.fields.get(name);
  return typeof value === "string" ? value : "";
}

/** Each node of a value, the outer before the inner. */
export function* eachNode(value: TreeValue): Generator<TreeNode> {
  for (const node of nodesOf(value)) {
    yield node;
    for (const field of node.fields.values()) yield* eachNode(field);
  }
}

const TOKEN = /[(){}]|(?:\\[\s\S]|[^\s(){}\\])+/g; // a backslash before a character takes its meaning away

class TreeReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  value(): TreeValue {
    const token = this.#next();
    if (token === "{") return this.#node();
    if (token === "(") return this.#list(")");
    if (token === "[") return this.#list("]");
    return token === "<>" ? undefined : token.replaceAll(/\\([\s\S])/g, "$1");
  }

  #node(): TreeNode {
    const name = this.#next();
    const fields = new Map<string, TreeValue>();
    while (this.#peek() !== "}") {
      const field = this.#next();
      if (!field.startsWith(":")) throw new TypeError(`A field was expected in ${name}, not ${field}.`);
      const values: TreeValue[] = [];
      while (this.#peek() !== "}" && !this.#peek().startsWith(":")) values.push(this.value());
      fields.set(field.slice(1), values.length === 1 ? values[0] : values); // several: a value's length and bytes
    }
    this.#next();
    return { name, fields };
  }

  #list(end: string): readonly TreeValue[] {
    const values: TreeValue[] = [];
    while (this.#peek() !== end) values.push(this.value());
    this.#next();
    return values;
  }

  #peek(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new TypeError("The node tree ends too early.");
    return token;
  }

  #next(): string {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}
