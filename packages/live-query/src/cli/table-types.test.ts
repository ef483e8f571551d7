import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { runCommand } from "./run-command.js";
import { tableTypes } from "./table-types.js";

const SCHEMA = `
  create type mood as enum ('sad', 'it''s ok');
  create domain short_text as text not null;
  create table things (
    id bigint generated always as identity primary key,
    code uuid not null default gen_random_uuid(),
    size integer not null,
    price numeric,
    ok boolean,
    mood mood,
    moods mood[],
    tags text[] not null,
    title short_text,
    body jsonb,
    "odd name" date,
    twice integer generated always as (size * 2) stored
  );
`;
const TYPES = `// Written by \`fourgate-live-query types\`; write it again when a table has changed.

export interface Database {
  readonly things: {
    readonly row: {
      readonly id: string;
      readonly code: string;
      readonly size: number;
      readonly price: string | null;
      readonly ok: boolean | null;
      readonly mood: "sad" | "it's ok" | null;
      readonly moods: readonly ("sad" | "it's ok")[] | null;
      readonly tags: readonly string[];
      readonly title: string;
      readonly body: unknown;
      readonly "odd name": string | null;
      readonly twice: number | null;
    };
    readonly insert: {
      readonly code?: string;
      readonly size: number;
      readonly price?: string | null;
      readonly ok?: boolean | null;
      readonly mood?: "sad" | "it's ok" | null;
      readonly moods?: readonly ("sad" | "it's ok")[] | null;
      readonly tags: readonly string[];
      readonly title: string;
      readonly body?: unknown;
      readonly "odd name"?: string | null;
    };
    readonly update: {
      readonly code?: string;
      readonly size?: number;
      readonly price?: string | null;
      readonly ok?: boolean | null;
      readonly mood?: "sad" | "it's ok" | null;
      readonly moods?: readonly ("sad" | "it's ok")[] | null;
      readonly tags?: readonly string[];
      readonly title?: string;
      readonly body?: unknown;
      readonly "odd name"?: string | null;
    };
  };
}
`;

onEachDatabase((_, open) => {
  it("writes the types of a table", async () => {
    const { client, connectionString } = await open();
    await client.transaction((connection) => connection.execute(SCHEMA));
    expect(await tableTypes(client, ["things"])).toBe(TYPES);
    if (connectionString === undefined) return; // PGlite has no server that a command could reach
    const folder = await mkdtemp(join(tmpdir(), "types-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const printed: string[] = [];
    const output = { out: (text: string) => printed.push(text), error: (text: string) => printed.push(text) };
    const file = join(folder, "database.ts");
    expect(await runCommand(["types", "things", "--out", file, "--url", connectionString], output)).toBe(0);
    expect(await readFile(file, "utf8")).toBe(TYPES);
    expect(await runCommand(["types", "nothing", "--url", connectionString], output)).toBe(1);
    expect(printed.at(-1)).toMatch(/nothing/);
  });
});

it.each([[[]], [["types"]], [["other", "things"]], [["types", "things", "--what"]]])(
  "shows how it is used: %j",
  async (args) => {
    const printed: string[] = [];
    const code = await runCommand(args, { out: (text) => printed.push(text), error: (text) => printed.push(text) });
    expect([code, printed[0]?.split("\n")[0]]).toEqual([
      2,
      "fourgate-live-query types <table…> [--out <file>] [--url <postgres://…>]",
    ]);
  },
);
