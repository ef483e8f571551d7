import { warning, type Check } from "./finding.js";

/** Whether changes behind policies are noticed, and whether policies are quick. */
export const checkPolicies: Check = async ({ client }) => {
  const opaque = await client.query<OpaqueRow>(OPAQUE);
  const problems = await client.query<ProblemRow>(PROBLEMS);
  const unindexed = await client.query<UnindexedRow>(UNINDEXED);
  return [
    ...opaque.map(({ policy, name }) =>
      warning(
        `The policy "${policy}" calls ${name}, whose body cannot be looked into: after a change of what it reads, access ends up to 30 s later.`,
        `Write the body as BEGIN ATOMIC … END, or declare each table that it reads: select realtime.depends_on('order:%', 'public.orders');`,
      ),
    ),
    ...problems.map(({ table_name, problem, owner }) =>
      warning(
        `Changes of ${table_name} are noticed up to 30 s later, because no trigger could be made: ${problem}.`,
        `grant trigger on ${table_name} to ${owner};`,
      ),
    ),
    ...unindexed.map(({ policies, table_name, columns }) =>
      warning(
        `${table_name} has no index on a column that the policy ${policies} compares: each decision reads the whole table.`,
        `create index concurrently on ${table_name} (${columns});`,
      ),
    ),
  ];
};

interface OpaqueRow {
  readonly policy: string;
  readonly name: string;
}

interface ProblemRow {
  readonly table_name: string;
  readonly problem: string;
  readonly owner: string;
}

interface UnindexedRow {
  readonly policies: string;
  readonly table_name: string;
  readonly columns: string;
}

/** A declared dependency counts for a policy that names its pattern. */
const OPAQUE = `
  select distinct p.polname::text as policy, f.oid::regprocedure::text as name
  from realtime.policy_references() r
  join pg_catalog.pg_policy p on p.oid = r.policy
  join pg_catalog.pg_proc f on r.classid = 'pg_catalog.pg_proc'::regclass and f.oid = r.objid
  join pg_catalog.pg_namespace n on n.oid = f.pronamespace and n.nspname not in ('pg_catalog', 'realtime', 'auth')
  where f.prosqlbody is null and f.provolatile <> 'i' and not exists (
    select from realtime.permission_dependencies d
    where d.origin = 'declared'
      and (d.pattern = '' or strpos(pg_get_expr(p.polqual, p.polrelid), quote_literal(d.pattern)) > 0)
  )
  order by 1, 2`;

const PROBLEMS = `
  select distinct d.table_name::text, rtrim(d.problem, '.') as problem, quote_ident(current_user) as owner
  from realtime.permission_dependencies d where d.problem is not null order by 1`;

/** Small tables need no index. A table counts as indexed where one of the columns leads an index. */
const UNINDEXED = `
  with used as (
    select t.policy::text as policy, t.table_name::oid as relation, t.columns from realtime.policy_tables() t
    union
    select p.polname::text, d.refobjid, array_agg(distinct a.attname::text)
    from pg_catalog.pg_policy p
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0
    join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where p.polrelid = 'realtime.messages'::regclass and p.polcmd in ('a', '*') and p.polname <> 'realtime_owner'
    group by 1, 2
  )
  select string_agg(distinct '"' || u.policy || '"', ', ') as policies, c.oid::regclass::text as table_name,
    (select string_agg(distinct quote_ident(name), ', ') from used o, unnest(o.columns) name where o.relation = c.oid) as columns
  from used u
  join pg_catalog.pg_class c on c.oid = u.relation and c.relkind in ('r', 'p')
  where u.columns is not null and c.relnamespace <> 'realtime'::regnamespace
    and (c.reltuples >= 1000 or pg_relation_size(c.oid) >= 131072)
    and not exists (
      select from pg_catalog.pg_index i
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = c.oid and i.indisvalid and a.attname = any (u.columns)
    )
  group by c.oid order by 2`;
