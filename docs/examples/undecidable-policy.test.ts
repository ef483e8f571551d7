import { createLiveQueries, defineLiveTable } from "@repo/live-query";
import { onEachDatabase, run, MIA } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { page, sqlOfPage } from "./sql-of-page";

vi.setConfig({ testTimeout: 60_000 });

const GUIDE = "guides/what-is-not-incremental.md";
const TABLES = `
  grant usage on schema public to public;
  create table members (board_id uuid, user_id uuid);
  create table tasks (id uuid primary key, board_id uuid, title text);
  grant select on members, tasks to authenticated;
  alter table tasks enable row level security;
  select realtime.watch_table('members'), realtime.watch_table('tasks')`;
const OPAQUE = `
  create function is_member(board uuid) returns boolean language plpgsql stable as $$
  begin return exists (select from members m where m.board_id = board and m.user_id = auth.uid()); end $$`;
const POLICY = "create policy members on tasks for select to authenticated using (is_member(board_id))";

onEachDatabase((_, open) => {
  const reported = async (...isMember: readonly string[]) => {
    const { client } = await open();
    await run(client, TABLES, ...isMember, POLICY);
    const errors: unknown[] = [];
    const tasks = defineLiveTable("tasks", { columns: ["id", "title"] });
    const live = createLiveQueries({ client, tables: [tasks], onError: (cause) => errors.push(cause) });
    onTestFinished(() => live.close());
    await live.start();
    expect((await live.fetch({ table: "tasks" }, { userId: MIA, roles: [] })).rows).toEqual([]);
    return errors.map(String);
  };

  it("reports a policy that cannot be decided with the sentence that the guide shows", async () => {
    const [sentence = ""] = await reported(OPAQUE);
    const [shown = ""] = sentence.replace("TypeError: ", "").split(" Its queries");
    expect(shown).toContain("is_member");
    expect(page(GUIDE)).toContain(shown);
  });

  it("reports none with the function that the guide shows instead", async () => {
    expect(await reported(...sqlOfPage(GUIDE))).toEqual([]);
  });
});
