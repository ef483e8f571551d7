import type { Random } from "./random.js";

/** The policies of the fuzz's table. */
export interface FuzzPolicies {
  readonly sql: string;
  readonly names: readonly string[];
  /** Tables named in `dependsOn`. */
  readonly dependsOn: readonly string[];
  /** A decision that Postgres cannot explain: the result may change without a change that is noticed. */
  readonly isOpaque: boolean;
}

const PERMISSIVE: Readonly<Record<string, string>> = {
  own: "owner = auth.uid()",
  member: "exists (select from public.members m where m.room = items.room)",
  level: "exists (select from public.members m where m.room = items.room and m.level > items.prio)",
  atomic: "public.is_member(room)",
  unseen: "public.is_member_unseen(room)",
  room: "room in (select r.id from public.rooms r)",
  open: "status = 'open'",
  nulls: "kind = 'low' or is_open",
  admin: `auth.jwt() -> 'roles' @> '["admin"]'`,
  tags: "tags && array['public']",
  whole: "public.is_fine(items) and owner is not null",
  time: "at < now() - interval '1 day'",
};

const RESTRICTIVE: Readonly<Record<string, string>> = {
  hidden: "status is distinct from 'hidden' or owner = auth.uid()",
  blocked: "not public.is_blocked()",
  rooms: "room is null or room <> 3",
  prio: "coalesce(prio, 0) >= 1 or score > 0.5",
};

const OPAQUE = new Set(["unseen", "time"]);

export function randomPolicies(random: Random): FuzzPolicies {
  const names = random.some(Object.keys(PERMISSIVE), 0.22).filter((name) => !OPAQUE.has(name) || random.chance(0.4));
  const chosen = names.length > 0 ? names : [random.pick(Object.keys(PERMISSIVE))];
  const restrictive = random.some(Object.keys(RESTRICTIVE), 0.25);
  const dependsOn = chosen.includes("unseen") && random.chance(0.6) ? ["members"] : [];
  return {
    names: [...chosen, ...restrictive],
    dependsOn,
    isOpaque: chosen.some((name) => OPAQUE.has(name)) && !(dependsOn.length > 0 && !chosen.includes("time")),
    sql: [
      ...chosen.map((name) => `create policy ${name} on public.items for select using (${PERMISSIVE[name]});`),
      ...restrictive.map(
        (name) => `create policy ${name} on public.items as restrictive for select using (${RESTRICTIVE[name]});`,
      ),
    ].join("\n"),
  };
}

/** Gives one policy another condition. */
export function alteredPolicy(random: Random, { names }: FuzzPolicies): string {
  const others = ["own", "member", "open", "room", "atomic"].map((name) => PERMISSIVE[name]);
  return `alter policy ${random.pick(names)} on public.items using (${random.pick(others)})`;
}
