import type { SqlPattern } from "../feature/sql-pattern.js";

/** The migration of a channel that lives in SQL, with policies that admit nobody yet. */
export function sqlChannelTemplate({ pattern, slug, example }: SqlPattern): string {
  const name = slug.replaceAll("-", "_");
  return `-- The channels ${pattern}, such as ${example}. A policy says who may subscribe, another one who may publish.

insert into realtime.channels (pattern) values ('${pattern}') on conflict (pattern) do nothing;

-- Who may subscribe: nobody, until you write the condition in place of \`false\`. auth.uid() is the user;
-- (realtime.channel_params())[1] is what the first % stands for.
drop policy if exists ${name}_subscribe on realtime.channels;
create policy ${name}_subscribe on realtime.channels for select to authenticated
  using (pattern = '${pattern}' and false);

-- Who may publish: nobody. Leave this policy out where only the database does.
drop policy if exists ${name}_publish on realtime.messages;
create policy ${name}_publish on realtime.messages for insert to authenticated
  with check (realtime.match('${pattern}', channel_name) and false);

-- What the database publishes, from a trigger of yours:
--   perform realtime.publish('${example}', 'changed', jsonb_build_object('id', new.id));
`;
}
