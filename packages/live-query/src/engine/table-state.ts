import type { SqlClient } from "@repo/realtime-postgres";
import { readPolicySet } from "../policies/policy-set.js";
import { RowVisibility } from "../policies/row-visibility.js";
import { ensureVisibilityFunction } from "../policies/visibility-function.js";
import type { TableDescription } from "../table/table-catalog.js";
import { checkWatched } from "../table/watched-tables.js";
import { WindowIndex } from "./window-index.js";

export interface TableStateOptions {
  readonly client: SqlClient;
  readonly timeoutMs: number;
  /** Policies that cannot be decided on row images: queries on the table are run again with each change. */
  readonly onUndecidable: (table: string, role: string, why: readonly string[]) => void;
}

/** A live table on this node: its windows, and its policies per role. */
export class TableState {
  readonly description: TableDescription;
  readonly windows = new WindowIndex();
  readonly #options: TableStateOptions;
  readonly #roles = new Map<string, Promise<RowVisibility>>();
  readonly #ready = new Map<string, RowVisibility>();

  constructor(description: TableDescription, options: TableStateOptions) {
    this.description = description;
    this.#options = options;
  }

  /** The policies of a role; read once. */
  visibility(role: string): Promise<RowVisibility> {
    const known = this.#roles.get(role);
    if (known) return known;
    const reading = this.#read(role);
    this.#roles.set(role, reading);
    reading.then(
      (visibility) => this.#ready.set(role, visibility),
      () => this.#roles.delete(role),
    );
    return reading;
  }

  visibilities(): Iterable<RowVisibility> {
    return this.#ready.values();
  }

  async #read(role: string): Promise<RowVisibility> {
    const { client, timeoutMs, onUndecidable } = this.#options;
    const { description } = this;
    const policies = await readPolicySet(client, description, role);
    const read = policies.dependencies.map(({ table }) => table); // their changes may take rows away
    await checkWatched(client, `A policy of "${description.live.name}"`, read);
    if (policies.isBypassed || policies.unknown.length > 0) {
      if (!policies.isBypassed) onUndecidable(description.live.name, role, policies.unknown);
      return new RowVisibility({ client, policies, functionName: "", role, timeoutMs });
    }
    const functionName = await ensureVisibilityFunction(client, description, policies);
    return new RowVisibility({ client, policies, functionName, role, timeoutMs });
  }
}
