import { Snapshot, type ClientIdentity, type RowImage, type SqlClient } from "@repo/realtime-postgres";
import { asUser } from "../sql/as-user.js";
import type { UserTurns } from "./user-turns.js";
import type { LiveWindow } from "./live-window.js";

/** A result, and what it was read in. */
export interface LoadedResult {
  readonly images: readonly RowImage[];
  readonly snapshot: Snapshot;
}

export interface WindowLoaderOptions {
  readonly client: SqlClient;
  readonly timeoutMs: number;
  readonly turns: UserTurns;
}

/** Runs the queries of windows, some at a time. */
export class WindowLoader {
  readonly #options: WindowLoaderOptions;

  constructor(options: WindowLoaderOptions) {
    this.#options = options;
  }

  /** The result as this user sees it; undefined where the window is shared and the user may not see it in this snapshot. */
  async load({ plan, visibility, viewers }: LiveWindow, identity: ClientIdentity): Promise<LoadedResult | undefined> {
    const { client, timeoutMs, turns } = this.#options;
    return turns.run(identity, () => {
      if (viewers.size === 0) throw new Error("Everybody has left while the query waited for its turn.");
      return asUser(identity, { client, isReadOnly: true, timeoutMs }, async ({ connection, snapshot }) => {
        if (plan.sharing === "pinned" && visibility && !(await visibility.decideIn(connection, identity, plan.pins)))
          return undefined;
        return { images: await plan.read(connection), snapshot: Snapshot.parse(snapshot) };
      });
    });
  }
}
