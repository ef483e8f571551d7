import { createHash } from "node:crypto";
import type { SqlClient } from "@repo/realtime-postgres";
import { quoted } from "../sql/identifier.js";
import type { Column } from "../table/column.js";
import type { TableDescription } from "../table/table-catalog.js";
import type { PolicySet } from "./policy-set.js";

/**
 * Makes the function that decides over row images, and returns its name. Its statement is planned once per session instead of once per
 * user; a policy that raises an error for one user refuses that user alone. It runs with the caller's rights, so that what the policy reads is
 * subject to row-level security in its turn.
 */
export async function ensureVisibilityFunction(
  client: SqlClient,
  { oid, sqlName, alias, columns: all }: TableDescription,
  { condition, columns: names }: PolicySet,
): Promise<string> {
  const columns = names.flatMap((name) => all.get(name) ?? []);
  const body = bodySql({ sqlName, alias, condition, columns });
  const version = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const name = `realtime.${quoted(`visible_${oid}_${version}`)}`;
  await client.transaction(async (connection) => {
    await connection.query("select from realtime.locks where name = 'policy functions' for update"); // nodes that start together would make it at once
    const [known] = await connection.query<{ readonly exists: boolean }>(
      "select to_regprocedure($1) is not null as exists",
      [`${name}(jsonb, text[], text[])`],
    );
    if (known?.exists === true) return;
    await connection.query("select set_config('search_path', '', true)"); // the condition names everything with its schema
    await connection.execute(
      `create function ${name}(image_ jsonb, subjects_ text[], claims_ text[]) returns boolean[]
        language plpgsql stable set search_path = '' as $visible$ ${body} $visible$;
      grant execute on function ${name} to public;`,
    );
  });
  return name;
}

interface BodyParts {
  readonly sqlName: string;
  readonly alias: string;
  readonly condition: string;
  readonly columns: readonly Column[];
}

function bodySql({ sqlName, alias, condition, columns }: BodyParts): string {
  return `#variable_conflict use_column
    declare
      row_ ${sqlName};
      user_ record;
      isVisible_ boolean;
      found_ boolean[] := '{}';
    begin
      ${readSql(columns)}
      for user_ in select u.subject, u.claims from unnest(subjects_, claims_) as u (subject, claims) loop
        perform set_config('request.jwt.claims', user_.claims, true), set_config('request.jwt.claim.sub', user_.subject, true);
        begin
          select coalesce((select ${condition} from (select (row_).*) as ${alias}), false) into isVisible_;
        exception when others then
          isVisible_ := false;
        end;
        found_ := found_ || isVisible_;
      end loop;
      return found_;
    end`;
}

/** The columns that count, one by one: the others stay NULL, also where their type does not allow that. */
function readSql(columns: readonly Column[]): string {
  if (columns.length === 0) return "";
  const read = columns.map(({ name }) => `image_row_.${quoted(name)}`).join(", ");
  const targets = columns.map(({ name }) => `row_.${quoted(name)}`).join(", ");
  const types = columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(", ");
  return `select ${read} into ${targets} from jsonb_to_record(image_) as image_row_ (${types});`;
}
