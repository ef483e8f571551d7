import type { CollectionChange } from "./collection-change.js";

/** The messages of an entity channel: `entity:{entity}` of all records, `entity:{entity}:{id}` of one. */
export type EntityMessage<Row> =
  | {
      readonly event: "entity:created" | "entity:updated";
      readonly payload: { readonly id: string; readonly record: Row; readonly mutationId?: string | undefined };
    }
  | {
      readonly event: "entity:deleted";
      readonly payload: {
        readonly id: string;
        readonly version?: number | undefined;
        readonly mutationId?: string | undefined;
      };
    };

/** Reads a message of an entity channel, for `followChannel`. */
export function readEntity<Row>(message: EntityMessage<Row>): CollectionChange<Row> {
  if (message.event === "entity:deleted") return { kind: "remove", ...message.payload };
  const { record: row, mutationId } = message.payload;
  return { kind: "put", row, mutationId };
}
