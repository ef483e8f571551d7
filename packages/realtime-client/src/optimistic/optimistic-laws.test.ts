import fc from "fast-check";
import { expect, it } from "vitest";
import { RowServer, type BornRow, type Mood, type RowStep } from "../testing/row-server.js";
import { OptimisticCollection } from "./optimistic-collection.js";

type Act =
  | { readonly kind: "mine" | "theirs"; readonly step: RowStep["kind"]; readonly which: number; readonly mood: Mood }
  | { readonly kind: "work" | "reply" | "message" | "copy" };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("mine" as const, "theirs" as const),
    step: fc.constantFrom<RowStep["kind"]>("create", "update", "update", "delete"),
    which: fc.nat(20),
    mood: fc.constantFrom<Mood>("replies with the row", "replies with nothing", "refuses"),
  }),
  ...(["work", "reply", "message", "work", "reply", "message", "copy"] as const).map((kind) => fc.constant({ kind })),
);

class Play {
  readonly server = new RowServer();
  readonly rows: OptimisticCollection<BornRow>;
  readonly #ids: "of the server" | "of the client";
  #births = 0;

  constructor(ids: "of the server" | "of the client") {
    this.#ids = ids;
    this.rows = new OptimisticCollection<BornRow>({
      key: ({ id }) => id,
      version: ({ version }) => version,
      ...(ids === "of the server" && { madeBy: ({ madeBy }) => madeBy }),
    });
  }

  async step(next: Act): Promise<void> {
    switch (next.kind) {
      case "mine":
        this.#mine(next.step, next.which, next.mood);
        break;
      case "theirs":
        this.#theirs(next.step, next.which);
        break;
      case "message":
        this.#receive();
        break;
      case "copy":
        await this.#copy();
        break;
      default:
        this.server[next.kind]();
    }
    await new Promise(setImmediate); // replies have been taken
  }

  async settle(): Promise<void> {
    while (!this.server.isIdle) for (const kind of ["work", "reply", "message"] as const) await this.step({ kind });
  }

  #receive(): void {
    const change = this.server.message();
    if (change) this.rows.receive(change);
  }

  /** A copy is as old as its messages: what is under way comes after it. */
  async #copy(): Promise<void> {
    const rows = [...this.server.rows.values()];
    await this.rows.load(async () => rows);
  }

  #theirs(kind: RowStep["kind"], which: number): void {
    const step = this.#step(kind, [...this.server.rows.keys()], which); // prettier-ignore
    if (step) this.server.do(step);
  }

  #mine(kind: RowStep["kind"], which: number, mood: Mood): void {
    const step = this.#step(kind, this.rows.rows.map(({ id }) => id), which); // prettier-ignore
    if (!step) return;
    const temporary = (step.kind === "create" && step.id) || this.rows.temporaryId();
    const commit = (mutation: { id: string; mutationId: string; baseVersion: number | undefined }) =>
      this.server.request(step.kind === "create" ? step : { ...step, id: mutation.id }, mutation, mood);
    const done =
      step.kind === "create"
        ? this.rows.create({ id: temporary, birth: step.birth, text: "", version: 0 }, commit)
        : step.kind === "update"
          ? this.rows.update(step.id, (row) => ({ ...row, text: step.text }), commit)
          : this.rows.delete(step.id, commit);
    done.catch(() => undefined); // what comes of it is seen in the rows
  }

  #step(kind: RowStep["kind"], ids: readonly string[], which: number): RowStep | undefined {
    if (kind === "create") {
      const birth = `b${(this.#births += 1)}`;
      return { kind, birth, ...(this.#ids === "of the client" && { id: `c-${birth}` }) };
    }
    const id = ids[which % Math.max(ids.length, 1)];
    if (id === undefined) return undefined;
    return kind === "delete" ? { kind, id } : { kind, id, text: `t${(this.#births += 1)}` };
  }
}

it.each(["of the server", "of the client"] as const)(
  "shows no row twice, and in the end what the server has; ids %s",
  async (ids) => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 60, size: "max" }), async (acts) => {
        const play = new Play(ids);
        const doubled: string[] = []; // what a listener throws would be reported, and not fail the test
        play.rows.watch(() => {
          const births = play.rows.rows.map(({ birth }) => birth);
          doubled.push(...births.filter((birth, index) => births.indexOf(birth) !== index));
        });
        for (const next of acts) await play.step(next);
        await play.settle();
        expect(doubled).toEqual([]);
        const byId = (a: BornRow, b: BornRow) => a.id.localeCompare(b.id);
        expect([...play.rows.rows].sort(byId)).toEqual([...play.server.rows.values()].sort(byId));
        for (const { id } of play.rows.rows) expect(play.rows.pendingOf(id)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
  60_000,
);
