import { refuse } from "@repo/core-realtime";
import { SqlError } from "@repo/realtime-postgres";
import { QueryRefusal } from "../query/query-refusal.js";
import type { Row } from "../query/query-node.js";
import { recordsChannel, type ChangeFault } from "./records-channel.js";

/** A change that is refused; thrown where it is found, and sent as CHANGE_REFUSED. */
export class ChangeRefusal extends Error {
  override readonly name = "ChangeRefusal";
  readonly fault: ChangeFault;

  constructor(fault: ChangeFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}

/** The row is not what the change expects. */
export class ChangeConflict extends Error {
  override readonly name = "ChangeConflict";
  readonly row: Row | null;

  constructor(row: Row | null) {
    super("The row has been changed.");
    this.row = row;
  }
}

/** Throws why the change at this place failed, as its client receives it; anything else as it is. */
export function throwChangeRefusal(cause: unknown, change: number): never {
  if (cause instanceof ChangeConflict) refuse(recordsChannel, "CONFLICT", { change, row: cause.row as never });
  const refusal = cause instanceof ChangeRefusal ? cause : (refusalOfTable(cause) ?? refusalOfSql(cause));
  if (!refusal) throw cause;
  return refuse(recordsChannel, "CHANGE_REFUSED", { change, fault: refusal.fault, why: refusal.message });
}

function refusalOfTable(cause: unknown): ChangeRefusal | undefined {
  return cause instanceof QueryRefusal ? new ChangeRefusal("forbidden", cause.message, cause) : undefined;
}

/** By SQLSTATE. Postgres's own sentences name values and policies, so they are not passed on. */
function refusalOfSql(cause: unknown): ChangeRefusal | undefined {
  if (!(cause instanceof SqlError) || cause.isUnavailable) return undefined;
  const { code = "" } = cause;
  if (code === "42501") return new ChangeRefusal("forbidden", "The user may not make this change.", cause);
  if (code === "23505") return new ChangeRefusal("duplicate", "A row with these values is there already.", cause);
  if (code === "23503")
    return new ChangeRefusal("reference", "The row refers to one that is not there, or is referred to.", cause);
  if (/^(22|23)/.test(code)) return new ChangeRefusal("invalid", "A value does not fit its column.", cause);
  return undefined;
}
