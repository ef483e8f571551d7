import { RecordingEventBus } from "@repo/core-testing";
import type { EntityChange } from "../entity-change.js";
import type { WithEntityEvents } from "../entity-repository.js";
import { withEntityEvents } from "../with-entity-events.js";
import { rowEntity } from "./row-entity.js";
import { RowRepository } from "./row-repository.js";

export type Rows = WithEntityEvents<RowRepository>;

/** A wrapped repository, and its bus. */
export function rowsUnderTest(repository = new RowRepository()) {
  const bus = new RecordingEventBus();
  const onError = () => {};
  return { bus, repository, rows: withEntityEvents(repository, bus, { channels: rowEntity, onError }) };
}

/** What was published, as "created 7". */
export function published(bus: RecordingEventBus): readonly string[] {
  return bus.published.map(({ payload }) => {
    const { kind, id } = payload as EntityChange;
    return `${kind} ${id}`;
  });
}

export function put(rows: Rows, id: string) {
  return rows.create({ id, title: id });
}
