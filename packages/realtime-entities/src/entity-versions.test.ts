import { RecordingEventBus } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { defineEntityChannels } from "./define-entity-channels.js";
import type { EntityChange } from "./entity-change.js";
import { EntityVersions } from "./entity-versions.js";
import { withEntityEvents } from "./with-entity-events.js";

const noteEntity = defineEntityChannels({
  entity: "note",
  record: z.object({ id: z.string(), text: z.string() }),
  scope: "authenticated",
});

/** Rows without versions. */
function wired(now: () => number) {
  const bus = new RecordingEventBus();
  const rows = new Map<string, { readonly id: string; readonly text: string }>([["old", { id: "old", text: "" }]]);
  const put = async (row: { readonly id: string; readonly text: string }) => rows.set(row.id, row) && row;
  const repository = {
    find: async (id: string) => rows.get(id),
    create: put,
    update: async (id: string, { text }: { readonly text: string }) => put({ id, text }),
    delete: async (id: string) => {
      const row = rows.get(id);
      rows.delete(id);
      return row;
    },
  };
  const notes = withEntityEvents(repository, bus, { channels: noteEntity, onError: () => {}, now });
  return { notes, versions: () => bus.published.map(({ payload }) => (payload as EntityChange).version) };
}

it("assigns rising versions to rows that carry none, above those of the process before", async () => {
  const { notes, versions } = wired(() => 1_000);
  await notes.create({ id: "1", text: "a" });
  await notes.update("1", { text: "b" });
  await notes.delete("1");
  expect(versions()).toEqual([1_000, 1_001, 1_002]);
});

it("holds writes to the version that it has published", async () => {
  const { notes, versions } = wired(() => 1_000);
  await notes.create({ id: "1", text: "a" });
  await notes.update("1", { text: "b" }, { baseVersion: 1_000 });
  await expect(notes.update("1", { text: "c" }, { baseVersion: 1_000 })).rejects.toMatchObject({ code: "REFUSED" });
  expect(versions()).toEqual([1_000, 1_001]);
});

it("refuses an unknown base version, rather than overwrite another user's change", async () => {
  const { notes } = wired(() => 1_000);
  await expect(notes.update("old", { text: "c" }, { baseVersion: 5 })).rejects.toMatchObject({ code: "REFUSED" });
  await expect(notes.update("old", { text: "c" })).resolves.toEqual({ id: "old", text: "c" });
});

it("remembers the last hundred thousand records, and no more", () => {
  const versions = new EntityVersions(() => 0);
  for (let id = 0; id <= 100_000; id += 1) versions.commit(`${id}`, 1);
  expect(versions.isCurrent({ id: "0" }, 1)).toBe(false);
  expect(versions.isCurrent({ id: "1" }, 1)).toBe(true);
});
