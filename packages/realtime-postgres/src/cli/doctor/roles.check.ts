import { error, warning, type Check, type Finding } from "./finding.js";

/** Whether the roles of clients exist, may do what clients need, and nothing more. */
export const checkRoles: Check = async ({ client, clientRoles }) => {
  const roles = await client.query<RoleRow>(ROLES, [clientRoles]);
  return roles.flatMap(findingsOf);
};

function findingsOf(role: RoleRow): readonly Finding[] {
  const { name, owner } = role;
  const add = `select realtime.add_client_role('${name}');`;
  if (!role.exists)
    return [
      warning(`There is no role ${name}; requests of such users are refused.`, `create role ${name} nologin; ${add}`),
    ];
  return [
    ...(role.is_above_policies
      ? [error(`The role ${name} ignores row-level security.`, `alter role ${name} nosuperuser nobypassrls;`)]
      : []),
    ...(role.may_write_outbox
      ? [
          error(
            `The role ${name} may write realtime.outbox, and so publish anything.`,
            `revoke all on realtime.outbox from ${name};`,
          ),
        ]
      : []),
    ...(role.may_read_urls
      ? [
          warning(
            `The role ${name} may read webhook_urls, which can hold secrets.`,
            `revoke select on realtime.channels from ${name}; ${add}`,
          ),
        ]
      : []),
    ...(role.is_switchable
      ? []
      : [error(`${owner} may not switch to the role ${name}.`, `grant ${name} to ${owner};`)]),
    ...(role.has_grants ? [] : [error(`The role ${name} lacks privileges on the schema realtime.`, add)]),
  ];
}

/** `name` and `owner` are quoted as SQL needs it. */
interface RoleRow {
  readonly name: string;
  readonly owner: string;
  readonly exists: boolean;
  readonly is_above_policies: boolean;
  readonly is_switchable: boolean;
  readonly has_grants: boolean;
  readonly may_write_outbox: boolean;
  readonly may_read_urls: boolean;
}

const ROLES = `
  select quote_ident(wanted.name) as name, quote_ident(current_user) as owner, r.oid is not null as exists,
    coalesce(r.rolsuper or r.rolbypassrls, false) as is_above_policies,
    coalesce(pg_has_role(r.oid, case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end), false) as is_switchable,
    coalesce(has_schema_privilege(r.oid, 'realtime', 'usage')
      and has_column_privilege(r.oid, 'realtime.channels', 'pattern', 'select')
      and has_column_privilege(r.oid, 'realtime.messages', 'payload', 'insert')
      and has_function_privilege(r.oid, 'realtime.channel_name()', 'execute'), false) as has_grants,
    coalesce(has_table_privilege(r.oid, 'realtime.outbox', 'insert') and not r.rolsuper, false) as may_write_outbox,
    coalesce(has_column_privilege(r.oid, 'realtime.channels', 'webhook_urls', 'select') and not r.rolsuper, false) as may_read_urls
  from unnest($1::text[]) wanted (name) left join pg_catalog.pg_roles r on r.rolname = wanted.name`;
