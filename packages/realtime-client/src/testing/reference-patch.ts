import { digest } from "../query/digest.js";
import type { Row } from "../query/query-node.js";
import type { Operation } from "../query/row-patch.js";

/** The operations from one list of rows to another, by the column `id`, as a server would make them. */
export function patchBetween(before: readonly Row[], after: readonly Row[]): Operation[] {
  return operations(
    before.map((row) => ({ name: row.id, row })),
    after.map((row) => ({ name: row.id, row })),
  );
}

/** The same where the server knows the digests of the first list alone. */
export function patchFrom(have: readonly string[], after: readonly Row[]): Operation[] {
  return operations(
    have.map((name) => ({ name, row: undefined })),
    after.map((row) => ({ name: digest(row), row })),
  );
}

interface Named {
  readonly name: unknown;
  readonly row: Row | undefined;
}

function operations(before: readonly Named[], after: readonly Named[]): Operation[] {
  const list = [...before];
  const found: Operation[] = [];
  for (let index = list.length - 1; index >= 0; index -= 1)
    if (!after.some(({ name }) => name === list[index]?.name)) {
      list.splice(index, 1);
      found.push(["delete", index]);
    }
  after.forEach((wanted, index) => {
    const from = list.findIndex(({ name }, at) => at >= index && name === wanted.name);
    const [known] = from >= 0 ? list.splice(from, 1) : [];
    list.splice(index, 0, wanted);
    if (!known) return found.push(["insert", index, wanted.row ?? {}]);
    if (from !== index) found.push(["move", from, index]);
    const changed = Object.entries(wanted.row ?? {}).filter(([column, value]) => {
      return known.row && JSON.stringify(known.row[column]) !== JSON.stringify(value);
    });
    if (changed.length > 0) found.push(["update", index, Object.fromEntries(changed)]);
    return undefined;
  });
  for (let index = list.length - 1; index >= after.length; index -= 1) found.push(["delete", index]);
  return found;
}
