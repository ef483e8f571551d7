import type { ClientIdentity, RowImage, SqlClient, SqlConnection } from "@repo/realtime-postgres";
import { asUser } from "../sql/as-user.js";
import type { PolicySet } from "./policy-set.js";

/** May this user see this row? */
export interface VisibilityQuestion {
  /** One object per user: decisions are remembered by it. */
  readonly identity: ClientIdentity;
  readonly image: RowImage;
}

export interface RowVisibilityOptions {
  readonly client: SqlClient;
  readonly policies: PolicySet;
  /** See `ensureVisibilityFunction`. */
  readonly functionName: string;
  readonly role: string;
  readonly timeoutMs: number;
}

/** Decisions on one row, by user; undefined where there is none yet. */
export interface KnownDecisions {
  get(identity: ClientIdentity): boolean | undefined;
}

const ALL: KnownDecisions = { get: () => true };
const NONE: KnownDecisions = { get: () => undefined };
const EVERYBODY: ClientIdentity = { role: "", subject: "", claims: "{}" }; // where the policies read nothing of a user

const MAX_DECISIONS = 500_000; // remembered per table and role: about 50 MB
const PAGE = 5_000; // decisions per statement

/**
 * Row-level security of one table for one role, decided on row images: so a row is decided as it was before a change, and as it is after.
 * A decision depends on the columns that the policies read and on what they read elsewhere; it is remembered until that changes.
 */
export class RowVisibility {
  readonly policies: PolicySet;
  readonly #options: RowVisibilityOptions;
  /** By the values of the policy columns, then by user. */
  #decisions = new Map<string, Map<ClientIdentity, boolean>>();
  #count = 0;
  #generation = 0;

  constructor(options: RowVisibilityOptions) {
    this.#options = options;
    this.policies = options.policies;
  }

  /** The known decisions on a row, for the given users. */
  on(image: RowImage): KnownDecisions {
    if (this.policies.isBypassed) return ALL;
    const byUser = this.#decisions.get(this.#valuesOf(image));
    if (!byUser) return NONE;
    return this.policies.isSameForAll ? { get: () => byUser.get(EVERYBODY) } : byUser;
  }

  /** What the policies read elsewhere has changed. */
  forget(): void {
    this.#decisions = new Map();
    this.#count = 0;
    this.#generation += 1;
  }

  /** Decides and remembers; afterwards `on` has the decisions, unless they were forgotten meanwhile. */
  async decide(questions: readonly VisibilityQuestion[]): Promise<void> {
    const open = new Map<string, OpenDecision>();
    for (const question of questions) {
      if (this.on(question.image).get(question.identity) !== undefined) continue;
      const values = this.#valuesOf(question.image);
      const each = open.get(values) ?? { values, image: question.image, users: new Set<ClientIdentity>() };
      open.set(values, each);
      each.users.add(this.policies.isSameForAll ? EVERYBODY : question.identity);
    }
    for (const page of pagesOf([...open.values()])) await this.#decidePage(page);
  }

  /** One decision in the snapshot of a running transaction of this user; not remembered. */
  async decideIn(connection: SqlConnection, { subject, claims }: ClientIdentity, image: RowImage): Promise<boolean> {
    if (this.policies.isBypassed) return true;
    const [row] = await connection.query<{ readonly isVisible: boolean }>(
      `select (${this.#options.functionName}($1::text::jsonb, array[$2], array[$3]))[1] as "isVisible"`,
      [JSON.stringify(this.#relevant(image)), subject, claims],
    );
    return row?.isVisible === true;
  }

  async #decidePage(page: readonly OpenDecision[]): Promise<void> {
    const generation = this.#generation;
    const { client, functionName, role, timeoutMs } = this.#options;
    const users = page.map((open) => [...open.users]);
    const anybody: ClientIdentity = { role, subject: "", claims: "{}" };
    const rows = await asUser(anybody, { client, isReadOnly: true, timeoutMs }, ({ connection }) =>
      connection.query<{ readonly visible: readonly boolean[] }>(
        `select ${functionName}(q.image, array(select jsonb_array_elements_text(q.subjects)), array(select jsonb_array_elements_text(q.claims))) as visible
          from jsonb_to_recordset($1::text::jsonb) as q (nth integer, image jsonb, subjects jsonb, claims jsonb) order by q.nth`,
        [
          JSON.stringify(
            page.map(({ image }, nth) => ({
              nth,
              image: this.#relevant(image),
              subjects: users[nth]?.map(({ subject }) => subject),
              claims: users[nth]?.map(({ claims }) => claims),
            })),
          ),
        ],
      ),
    );
    if (generation !== this.#generation) return; // decided on what has changed meanwhile
    for (const [nth, { values }] of page.entries())
      for (const [place, user] of (users[nth] ?? []).entries())
        this.#remember(values, user, rows[nth]?.visible[place] ?? false);
  }

  #remember(values: string, user: ClientIdentity, isVisible: boolean): void {
    if (this.#count >= MAX_DECISIONS) this.forget();
    const byUser = this.#decisions.get(values) ?? new Map<ClientIdentity, boolean>();
    this.#decisions.set(values, byUser.set(user, isVisible));
    this.#count += 1;
  }

  #relevant(image: RowImage): RowImage {
    return Object.fromEntries(this.policies.columns.map((name) => [name, image[name] ?? null]));
  }

  #valuesOf(image: RowImage): string {
    const { columns } = this.policies;
    if (columns.length === 1) return JSON.stringify(image[columns[0] ?? ""] ?? null);
    return JSON.stringify(columns.map((name) => image[name] ?? null));
  }
}

interface OpenDecision {
  readonly values: string;
  readonly image: RowImage;
  readonly users: Set<ClientIdentity>;
}

function pagesOf(open: readonly OpenDecision[]): readonly (readonly OpenDecision[])[] {
  const pages: OpenDecision[][] = [];
  let size = Infinity;
  for (const each of open) {
    if (size + each.users.size > PAGE) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)?.push(each);
    size += each.users.size;
  }
  return pages;
}
