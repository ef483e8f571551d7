import { error, warning, type Check } from "./finding.js";

/** Whether policies decide at all. */
export const checkRowSecurity: Check = async ({ client }) => {
  const tables = await client.query<TableRow>(TABLES);
  const [policies] = await client.query<PolicyCount>(POLICIES);
  return [
    ...tables.flatMap(({ name, is_enabled, is_forced }) => {
      if (!is_enabled)
        return error(
          `Row-level security is off on ${name}: every client may do everything there.`,
          `alter table ${name} enable row level security; alter table ${name} force row level security;`,
        );
      if (!is_forced)
        return warning(
          `Row-level security is not forced on ${name}: the table's owner passes every policy.`,
          `alter table ${name} force row level security;`,
        );
      return [];
    }),
    ...(policies && policies.channels > 0 && policies.select_policies === 0
      ? [
          warning(
            `There are ${policies.channels} channel patterns, and no SELECT policy on realtime.channels: no client may subscribe.`,
            `create policy subscribe on realtime.channels for select to authenticated using (…);`,
          ),
        ]
      : []),
  ];
};

interface TableRow {
  readonly name: string;
  readonly is_enabled: boolean;
  readonly is_forced: boolean;
}

interface PolicyCount {
  readonly channels: number;
  readonly select_policies: number;
}

const TABLES = `
  select c.oid::regclass::text as name, c.relrowsecurity as is_enabled, c.relforcerowsecurity as is_forced
  from pg_catalog.pg_class c where c.oid in ('realtime.channels'::regclass, 'realtime.messages'::regclass) order by 1`;

const POLICIES = `
  select (select count(*)::integer from realtime.channels) as channels,
    (select count(*)::integer from pg_catalog.pg_policy p
      where p.polrelid = 'realtime.channels'::regclass and p.polcmd in ('r', '*') and p.polname <> 'realtime_owner') as select_policies`;
