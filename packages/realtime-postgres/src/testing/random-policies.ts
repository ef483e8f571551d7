/** A random number from 0 up to 1. */
export type Random = () => number;

/** What a random application has: patterns, policies, and rows that the policies read. */
export interface RandomApplication {
  readonly patterns: readonly string[];
  readonly script: string;
}

const USERS = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const PARTS = ["a", "b", "7", "x y", "ü", "a_b", "axb", "o'b", "a.b"];
const TIERS = ["gold", "free"];
const PATTERNS = ["a", "a:%", "a:b", "a:%:b", "a:%%", "%:a", "%", "%%", "a_b:%", "axb:%", "a:%:%%", "7:%", "a.b:%"];

/** Everything that one round of random decisions needs. Ends what the round before has made. */
export function randomApplication(random: Random): RandomApplication {
  const pick = picker(random);
  const patterns = PATTERNS.filter(() => random() < 0.6);
  const members = times(
    6,
    () => `('${pick(PARTS).replace("'", "''")}', '${pick(USERS)}', ${Math.floor(random() * 3)})`,
  );
  const policies = [
    ...times(3 + Math.floor(random() * 3), (n) => policy(`s${n}`, true, random)),
    ...times(3 + Math.floor(random() * 3), (n) => policy(`i${n}`, false, random)),
  ];
  return {
    patterns,
    script: `
      ${DROP_POLICIES}
      delete from realtime.channels;
      drop table if exists membership;
      create table membership (room text, user_id uuid, level integer);
      insert into membership values ${members.join(", ")};
      grant usage on schema public to anon, authenticated;
      grant select on membership to authenticated;
      insert into realtime.channels (pattern, enabled) values ${patterns.map((each) => `('${each}', ${random() < 0.9})`).join(", ") || "('a', true)"};
      ${policies.join(";\n")};`,
  };
}

/** One user, by role, subject and claims. */
export function randomUser(random: Random): { readonly userId: string; readonly tier: string } | null {
  const pick = picker(random);
  if (random() < 0.15) return null;
  return { userId: pick(USERS), tier: pick(TIERS) };
}

export function randomName(random: Random): string {
  const pick = picker(random);
  return times(1 + Math.floor(random() * 3), () => pick(PARTS)).join(":");
}

function policy(name: string, isSelect: boolean, random: Random): string {
  const kind = random() < 0.2 ? "restrictive" : "permissive";
  const everybody = kind === "permissive" ? "public" : "anon, authenticated"; // a restrictive one may not narrow what the nodes see
  const roles = picker(random)(["authenticated", "authenticated", "anon", "anon, authenticated", everybody]);
  const clause = `(${condition(random, 2, isSelect)})`;
  return isSelect
    ? `create policy ${name} on realtime.channels as ${kind} for select to ${roles} using ${clause}`
    : `create policy ${name} on realtime.messages as ${kind} for insert to ${roles} with check ${clause}`;
}

function condition(random: Random, depth: number, isSelect: boolean): string {
  const pick = picker(random);
  const inner = () => condition(random, depth - 1, isSelect);
  if (depth > 0 && random() < 0.6)
    return pick([() => `(${inner()} and ${inner()})`, () => `(${inner()} or ${inner()})`, () => `(not ${inner()})`])();
  return pick([
    () => (isSelect ? `(pattern = '${pick(PATTERNS)}')` : `(channel_name like '${pick(["a:%", "%", "a_b%"])}')`),
    () =>
      `(exists (select 1 from membership m where m.room = (realtime.channel_params())[1] and m.user_id = auth.uid()))`,
    () => `(auth.uid() in (select user_id from membership where level >= ${pick([0, 1, 2])}))`,
    () => `(split_part(realtime.channel_name(), ':', 2) = '${pick(PARTS).replace("'", "''")}')`,
    () => `(auth.jwt() ->> 'tier' = '${pick(TIERS)}')`,
    () => `(auth.role() = '${pick(["anon", "authenticated"])}')`,
    () => `(split_part(realtime.channel_name(), ':', 1)::integer = 7)`, // raises for most names
    () => `(cardinality(realtime.channel_params()) > ${pick([0, 1])})`,
    () => (isSelect ? "(enabled)" : `(payload ->> 'n' = '1')`),
    () => `(current_user = '${pick(["anon", "authenticated"])}')`,
    () => "(true)",
  ])();
}

const DROP_POLICIES = `do $$ declare p record; begin
  for p in select policyname, tablename from pg_policies where schemaname = 'realtime' and policyname <> 'realtime_owner' loop
    execute format('drop policy %I on realtime.%I', p.policyname, p.tablename);
  end loop; end $$;`;

function picker(random: Random) {
  return <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T; // never empty here
}

function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
