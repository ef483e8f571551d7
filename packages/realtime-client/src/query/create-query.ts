import { canonicalJson } from "./canonical-json.js";
import type { LiveQueries } from "./live-queries.js";
import { createLiveQuery } from "./live-query.js";
import type { TableQuery } from "./table-query.js";
import type { Condition, NamedQuery, QueryNode, Row } from "./query-node.js";

/** Makes a query. One with a name has the methods that narrow a table's as well, but no type that shows them. */
export function createQuery(queries: LiveQueries, node: Node): TableQuery<Row> {
  const next = (change: Partial<Node>) => createQuery(queries, { ...node, ...change });
  let json: string | undefined;
  const query: TableQuery<Row> = {
    queries,
    node,
    get json() {
      return (json ??= canonicalJson(node)); // of the last step of a chain alone
    },
    fetch: () => queries.request<Row>("fetch", { query: node }),
    fetchOne: () =>
      query
        .one()
        .fetch()
        .then(([row]) => row),
    watch: (listener) => query.live().watch(listener),
    one: () => (node.name ? query : next({ limit: 1 })),
    live(preloaded) {
      const live = createLiveQuery(query);
      if (preloaded && canonicalJson(preloaded.query) === query.json) live.preload(preloaded);
      return live;
    },
    where(...given: readonly unknown[]) {
      const [first, second] = given;
      const condition = given.length === 1 ? first : given.length === 2 ? [first, "=", second] : given;
      return next({ where: { and: [...(node.where?.and ?? []), condition as Condition] } }); // the overloads
    },
    select: (...select) => next({ select }) as never,
    orderBy: (column, direction = "asc") =>
      next({ orderBy: [...(node.orderBy ?? []), [column, direction.toLowerCase() as "asc"]] }),
    limit: (limit) => next({ limit }),
    offset: (offset) => next({ offset }),
    distinctOn: (...distinctOn) => next({ distinctOn }),
    counted: () => next({ count: true }) as never,
    count: () =>
      query
        .counted()
        .fetch()
        .then(([row]) => row?.count ?? 0),
  };
  return query;
}

/** A node as it is built here. */
interface Node extends QueryNode, Partial<NamedQuery> {
  readonly where?: { readonly and: readonly Condition[] };
}
