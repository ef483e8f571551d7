import { readFileSync } from "node:fs";
import { trackSqlClient } from "@repo/live-query/reads";
import type { SqlClient } from "@repo/realtime-postgres";
import type { Hub, Signal, Widget } from "../../hub/signal";
import { makeTables } from "../database/make-tables";
import type { IHubDesk, NewSignal, WidgetName } from "./hub-desk";

/** The hubs in the database, through a client whose reads are recorded. */
export class SqlHubDesk implements IHubDesk {
  readonly #client: SqlClient;

  private constructor(client: SqlClient) {
    this.#client = trackSqlClient(client);
  }

  /** Makes the tables where they are not there yet. */
  static async open(client: SqlClient): Promise<SqlHubDesk> {
    const script = readFileSync(new URL("./hub.sql", import.meta.url), "utf8");
    await makeTables(client, "demo.annotations", (connection) => connection.execute(script));
    return new SqlHubDesk(client);
  }

  async read(hubId: string): Promise<Hub | undefined> {
    const [hub] = await this.#client.query<Pick<Hub, "id" | "name" | "site">>(
      "select id, name, site from demo.hubs where id = $1",
      [hubId],
    );
    if (!hub) return undefined;
    const [counts, widgets, recent] = await Promise.all([
      this.#counts(hubId),
      this.#widgets(hubId),
      this.#recent(hubId),
    ]);
    return { ...hub, counts, widgets, recent };
  }

  async widgetNames(hubId: string): Promise<readonly WidgetName[] | undefined> {
    const [hub] = await this.#client.query<{ readonly widgets: readonly WidgetName[] }>(
      `select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name) order by w.name) filter (where w.id is not null), '[]') as widgets
       from demo.hubs h left join demo.widgets w on w.hub_id = h.id where h.id = $1 group by h.id`,
      [hubId],
    );
    return hub?.widgets;
  }

  async record({ widgetId, kind, body, sender }: NewSignal): Promise<boolean> {
    const rows = await this.#client.query(
      `insert into demo.annotations (hub_id, widget_id, category, body, author)
       select hub_id, id, $2, $3, $4 from demo.widgets where id = $1 returning id`,
      [widgetId, kind, body, sender],
    );
    return rows.length > 0;
  }

  async #counts(hubId: string): Promise<Hub["counts"]> {
    const [counts] = await this.#client.query<Hub["counts"]>(
      `select count(*) filter (where category = 'friction')::integer as friction, count(*) filter (where category = 'wish')::integer as wish,
         count(*) filter (where category = 'defect')::integer as defect
       from demo.annotations where hub_id = $1`,
      [hubId],
    );
    return counts ?? { friction: 0, wish: 0, defect: 0 };
  }

  #widgets(hubId: string): Promise<readonly Widget[]> {
    return this.#client.query(
      `select w.id, w.name, count(s.id)::integer as signals
       from demo.widgets w left join demo.annotations s on s.widget_id = w.id and s.hub_id = w.hub_id
       where w.hub_id = $1 group by w.id order by signals desc, w.name`,
      [hubId],
    );
  }

  #recent(hubId: string): Promise<readonly Signal[]> {
    return this.#client.query(
      `select s.id, s.category as kind, s.body, s.author as sender, w.name as widget, s.created_at as "occurredAt"
       from demo.annotations s join demo.widgets w on w.id = s.widget_id
       where s.hub_id = $1 order by s.created_at desc, s.id desc limit 20`,
      [hubId],
    );
  }
}
