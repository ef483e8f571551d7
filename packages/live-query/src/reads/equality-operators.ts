import type { ValueKind } from "./canonical-value.js";
import { storedDecimal } from "./decimal-text.js";
import { atomOf, fieldOf, isList, nodesOf, type TreeNode, type TreeValue } from "./node-tree.js";

/** Postgres' own `=` operators, by oid, for which two values are equal exactly where their canonical texts are: left and right type. */
const EQUALITIES: Readonly<Record<string, readonly [left: string, right: string]>> = {
  "91": ["16", "16"], // boolean
  "94": ["21", "21"], // smallint, integer, bigint, and between them
  "96": ["23", "23"],
  "410": ["20", "20"],
  "15": ["23", "20"],
  "416": ["20", "23"],
  "532": ["21", "23"],
  "533": ["23", "21"],
  "1862": ["21", "20"],
  "1868": ["20", "21"],
  "98": ["25", "25"], // text
  "2972": ["2950", "2950"], // uuid
  "1752": ["1700", "1700"], // numeric
};

const KINDS: Readonly<Record<string, ValueKind>> = {
  "16": "boolean",
  "20": "bigint",
  "21": "integer",
  "23": "integer",
  "25": "text",
  "1043": "text",
  "1700": "decimal",
  "2950": "uuid",
};
const VARCHAR = "1043";
const TEXT = "25";
const DETERMINISTIC_COLLATIONS = new Set(["0", "100", "950", "951"]); // none, default, C, POSIX; of others two texts may be equal that differ

/** How the values of a type stand in a `RowImage`; undefined where equality is not that of the text. */
export function kindOf(type: string): ValueKind | undefined {
  return KINDS[type];
}

/** An operator expression that is true only where both sides are equal as texts. */
export function isEquality(node: TreeNode): boolean {
  return EQUALITIES[atomOf(node, "opno")] !== undefined && DETERMINISTIC_COLLATIONS.has(atomOf(node, "inputcollid"));
}

/** The column that an operand is; through the change of a type's name alone (`varchar` → `text`). */
export function columnOperand(node: TreeNode): TreeNode | undefined {
  const inner = node.name === "RELABELTYPE" ? fieldOf(node, "arg") : node;
  if (typeof inner !== "object" || isList(inner)) return undefined;
  if (inner.name !== "VAR" || atomOf(inner, "varlevelsup") !== "0") return undefined;
  const type = atomOf(inner, "vartype");
  return inner === node || type === VARCHAR || type === TEXT ? inner : undefined;
}

/** The number of the parameter that an operand is, from 1; through a cast that takes the value as it is. */
export function parameterOperand(operand: TreeNode): number | undefined {
  const node = behindNumericCast(operand);
  const isCast = node.name === "RELABELTYPE" || node.name === "COERCEVIAIO";
  const inner: TreeValue = isCast ? fieldOf(node, "arg") : node;
  if (typeof inner !== "object" || isList(inner)) return undefined;
  if (inner.name !== "PARAM" || atomOf(inner, "paramkind") !== "0") return undefined;
  const isText = TEXTS.has(atomOf(inner, "paramtype"));
  if (node.name === "COERCEVIAIO" && !isText) return undefined;
  return Number(atomOf(inner, "paramid"));
}

const TEXTS = new Set([TEXT, VARCHAR]);

/** The integer that is compared with a `numeric`, exactly as it is. */
function behindNumericCast(node: TreeNode): TreeNode {
  if (node.name !== "FUNCEXPR" || !INTEGER_TO_NUMERIC.has(atomOf(node, "funcid"))) return node;
  return nodesOf(fieldOf(node, "args"))[0] ?? node;
}

const INTEGER_TO_NUMERIC = new Set(["1740", "1781", "1782"]); // from integer, bigint, smallint

/** The value of an operand that stands in the statement's text; undefined where the bytes do not show it. */
export function constantOperand(operand: TreeNode): { readonly value: unknown } | undefined {
  const node = behindNumericCast(operand);
  if (node.name !== "CONST") return undefined;
  if (atomOf(node, "constisnull") === "true") return { value: null };
  const type = atomOf(node, "consttype");
  const stored = fieldOf(node, "constvalue");
  const list = isList(stored) ? stored[1] : undefined;
  if (!isList(list)) return undefined;
  const bytes = Uint8Array.from(list.map(Number), (byte) => byte & 0xff); // negative above 127
  const value = decode(type, bytes);
  return value === undefined ? undefined : { value };
}

/** Little-endian, as every platform that Postgres is commonly built for; the statement's tree shows it (see `statement-tree.ts`). */
function decode(type: string, bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer);
  switch (type) {
    case "16":
      return view.getUint8(0) !== 0;
    case "21":
      return view.getInt16(0, true);
    case "23":
      return view.getInt32(0, true);
    case "20":
      return String(view.getBigInt64(0, true));
    case "25":
    case "1043":
      return bytes.length >= 4 && view.getUint32(0, true) === bytes.length << 2
        ? TEXT_DECODER.decode(bytes.subarray(4))
        : undefined;
    case "1700":
      return storedDecimal(bytes);
    case "2950":
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
        .join("")
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    default:
      return undefined;
  }
}

const TEXT_DECODER = new TextDecoder();
