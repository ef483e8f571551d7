/**
 * The SELECT policies of table $1 (its oid) for role $2, and everything that they lead to: functions with BEGIN ATOMIC, views, tables,
 * and the policies of those tables. Postgres records no dependency on its own functions, so those are read from the node trees.
 */
export const POLICY_SET = `
with recursive target as (
  select c.oid, c.relowner, c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = $1::text::oid
), applied as (
  select p.oid, p.polpermissive, p.polrelid, p.polqual from pg_catalog.pg_policy p, target
    where p.polrelid = target.oid and p.polcmd in ('r', '*') and (0 = any (p.polroles)
      or exists (select from unnest(p.polroles) r where pg_catalog.pg_has_role($2::text::name, r, 'usage')))
), reached (classid, objid, depth) as (
  select 'pg_catalog.pg_policy'::regclass::oid, a.oid, 0 from applied a
  union
  select next.classid, next.objid, 1 from reached r cross join lateral (
    select d.refclassid, d.refobjid from pg_catalog.pg_depend d
      where d.classid = r.classid and d.objid = r.objid
        and r.classid in ('pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_rewrite'::regclass)
        and d.refclassid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass)
        and not (r.classid = 'pg_catalog.pg_policy'::regclass and r.depth = 0 and d.refobjid = $1::text::oid)
    union all
    select 'pg_catalog.pg_rewrite'::regclass::oid, w.oid from pg_catalog.pg_rewrite w
      where r.classid = 'pg_catalog.pg_class'::regclass and w.ev_class = r.objid
    union all
    select 'pg_catalog.pg_policy'::regclass::oid, p.oid from pg_catalog.pg_policy p
      where r.classid = 'pg_catalog.pg_class'::regclass and p.polrelid = r.objid
  ) next (classid, objid)
), tree as (
  select r.classid, r.objid, concat(p.polqual::text, f.prosqlbody::text, w.ev_action::text) as text from (select distinct classid, objid from reached) r
    left join pg_catalog.pg_policy p on r.classid = 'pg_catalog.pg_policy'::regclass and p.oid = r.objid
    left join pg_catalog.pg_proc f on r.classid = 'pg_catalog.pg_proc'::regclass and f.oid = r.objid
    left join pg_catalog.pg_rewrite w on r.classid = 'pg_catalog.pg_rewrite'::regclass and w.oid = r.objid
), called as (
  select distinct (m)[1]::oid as oid from tree, regexp_matches(tree.text, ':(?:funcid|opfuncid|aggfnoid|winfnoid) ([1-9][0-9]*)', 'g') m
  union select objid from reached where classid = 'pg_catalog.pg_proc'::regclass
), classified as (
  select f.oid, f.oid::regprocedure::text as name, n.nspname, f.proname, f.provolatile, l.lanname,
    f.prosqlbody is not null as is_atomic,
    n.nspname = 'auth' and f.proname in ('uid', 'role', 'jwt', 'email') or n.nspname = 'pg_catalog' and f.proname = 'current_setting' as is_identity
  from called c join pg_catalog.pg_proc f on f.oid = c.oid
    join pg_catalog.pg_namespace n on n.oid = f.pronamespace join pg_catalog.pg_language l on l.oid = f.prolang
), doubtful as (
  select case when j.lanname in ('internal', 'c') or j.provolatile = 'v' then j.name || ' (it may give another result each time)'
    else j.name || ' (its body cannot be read)' end as why
  from classified j
  where not j.is_identity and not j.is_atomic and j.provolatile <> 'i'
    and not (j.nspname = 'pg_catalog' and j.provolatile = 's' and j.proname in ('jsonb_populate_record', 'has_table_privilege'))
    and not (j.lanname in ('internal', 'c') and j.provolatile = 's' and j.proname ~ '(_in|_out|_text|_cmp|_eq|_ne|_lt|_le|_gt|_ge)$')
  union
  select 'a system column' from tree where tree.text like '%:varattno -%'
  union
  select 'the current time' from tree, regexp_matches(tree.text, 'SQLVALUEFUNCTION :op ([0-9]+)', 'g') m where (m)[1]::integer < 9
), used as (
  select d.refobjid as relation, d.refobjsubid as place, t.text like '%:varattno 0 %' as is_whole
  from tree t join pg_catalog.pg_depend d on d.classid = t.classid and d.objid = t.objid and d.refclassid = 'pg_catalog.pg_class'::regclass
  where d.deptype = 'n' and not (t.classid = 'pg_catalog.pg_policy'::regclass and d.refobjid = $1::text::oid)
), dependencies as (
  select u.relation, case when bool_or(u.is_whole) or bool_and(u.place = 0) then null
      else array_agg(distinct a.attname::text) filter (where a.attname is not null) end as columns
  from used u join pg_catalog.pg_class c on c.oid = u.relation and c.relkind in ('r', 'p')
    left join pg_catalog.pg_attribute a on a.attrelid = u.relation and a.attnum = u.place and u.place > 0
  group by u.relation
)
select json_build_object(
  'isBypassed', (select o.rolsuper or o.rolbypassrls or (not t.relforcerowsecurity and pg_catalog.pg_has_role(o.oid, t.relowner, 'usage'))
    from pg_catalog.pg_roles o, target t where o.rolname = $2),
  'policies', coalesce((select json_agg(json_build_object('permissive', a.polpermissive,
    'condition', coalesce(pg_catalog.pg_get_expr(a.polqual, a.polrelid), 'true')) order by a.oid) from applied a), '[]'),
  'columns', case when exists (select from applied a where a.polqual::text like '%:varattno 0 %') then null else
    coalesce((select json_agg(distinct k.attname::text) from applied a
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = a.oid and d.refobjid = a.polrelid and d.refobjsubid > 0
      join pg_catalog.pg_attribute k on k.attrelid = a.polrelid and k.attnum = d.refobjsubid), '[]') end,
  'dependencies', coalesce((select json_agg(json_build_object('table', d.relation::text, 'columns', d.columns)) from dependencies d), '[]'),
  'isSameForAll', not exists (select from classified j where j.is_identity)
    and not exists (select from doubtful) and not exists (select from tree where tree.text like '%SQLVALUEFUNCTION%'),
  'unknown', coalesce((select json_agg(d.why order by d.why) from doubtful d), '[]')
) as found`;
