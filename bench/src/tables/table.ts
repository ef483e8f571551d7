import { BASELINES, COMPUTED_NAMES, CONTENDER_NAMES, HAND_WRITTEN, type ColumnName } from "../contender-name.js";
import type { Row, Scenario } from "../scenario.js";
import { digits } from "./goal.js";

const COLUMN_NAMES: readonly ColumnName[] = [...CONTENDER_NAMES, ...COMPUTED_NAMES];
const COMPUTED: ReadonlySet<ColumnName> = new Set(COMPUTED_NAMES);

/** A column: a name's values, or how many times less than another one's they are. */
interface Column {
  readonly head: string;
  cell(row: Row): string;
}

/** A scenario's result in Markdown: the value of every column, and ours as multiples of what they are measured against. */
export function tableOf({ title, unit, note }: Scenario, rows: readonly Row[]): string {
  const names = COLUMN_NAMES.filter((name) => rows.some(({ values }) => values.has(name)));
  const columns = names.flatMap((name) => columnsOf(name, names));
  const heads = ["", ...columns.map(({ head }) => head)];
  const lines = rows.map((row) => [row.label, ...columns.map((column) => column.cell(row))]);
  const ruler = heads.map((_, index) => (index === 0 ? "---" : "---:"));
  const table = [heads, ruler, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `## ${title}\n\nIn ${unit}; less is better, × is how many times less. ${note}\n\n${table}\n`;
}

/** How many times less than another one of ours needs, by default its baseline. */
export function ratioOf(
  { values }: Row,
  name: ColumnName,
  against: ColumnName | undefined = baselineOf(name),
): number | undefined {
  const [theirs, ours] = [against && values.get(against), values.get(name)];
  return theirs === undefined || ours === undefined ? undefined : theirs / ours;
}

function columnsOf(name: ColumnName, names: readonly ColumnName[]): readonly Column[] {
  const own = {
    head: COMPUTED.has(name) ? `${name} (computed)` : name,
    cell: ({ values }: Row) => digits(values.get(name)),
  };
  const [plain, handWritten] = [baselineOf(name), isOurs(name) ? HAND_WRITTEN[name] : undefined];
  const ratio = (head: string, against: ColumnName) => ({
    head,
    cell: (row: Row) => `**${digits(ratioOf(row, name, against))}**`,
  });
  return [
    own,
    ...(plain && names.includes(plain) ? [ratio("×", plain)] : []),
    ...(handWritten && names.includes(handWritten) ? [ratio("× hand-written", handWritten)] : []),
  ];
}

function baselineOf(name: ColumnName): ColumnName | undefined {
  return isOurs(name) ? BASELINES[name] : undefined;
}

function isOurs(name: ColumnName): name is keyof typeof BASELINES {
  return name in BASELINES;
}
