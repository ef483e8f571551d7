import { validate, type Schema, type ValidationResult } from "@repo/core-realtime";

/** A record as it is now. */
export interface EntityPut<Row> {
  /** The record's id. */
  readonly id: string;
  /** The record after the write, as the channel's schema lets it through. */
  readonly record: Row;
  /** Higher with each write of the record. */
  readonly version: number;
  /** The writer's own mark of the write, by which its client knows its echo. */
  readonly mutationId?: string | undefined;
}

/** A record is gone; the event does not contain it. */
export interface EntityRemoved {
  /** The id of the record that is gone. */
  readonly id: string;
  /** Higher than that of every write before. */
  readonly version: number;
  /** The writer's own mark of the delete, by which its client knows its echo. */
  readonly mutationId?: string | undefined;
}

/** The events of the channels of an entity; `readEntity` of the browser client reads it. */
export type EntityEvents<Input, Output> = {
  readonly "entity:created": Schema<EntityPut<Input>, EntityPut<Output>>;
  readonly "entity:updated": Schema<EntityPut<Input>, EntityPut<Output>>;
  readonly "entity:deleted": Schema<EntityRemoved>;
};

/** The record is checked, and cut to what its schema lets through; the rest is made by this package. */
export function entityEvents<Input, Output>(record: Schema<Input, Output>): EntityEvents<Input, Output> {
  const put = schemaOf<EntityPut<Input>, EntityPut<Output>>((value) => {
    const validated = validate(record, value.record); // at once where the schema does: a client can check arrivals only then
    return "then" in validated ? validated.then((later) => checked(value, later)) : checked(value, validated);
  });
  return {
    "entity:created": put,
    "entity:updated": put,
    "entity:deleted": schemaOf<EntityRemoved>((value) => ({ value })),
  };
}

function checked<Input, Output>(value: EntityPut<Input>, validated: ValidationResult): Checked<EntityPut<Output>> {
  if (!validated.fits) return { issues: [{ message: validated.why, path: ["record"] }] };
  return { value: { ...value, record: validated.value as Output } };
}

type Validate<Input, Output> = (value: Input) => Checked<Output> | Promise<Checked<Output>>;
type Checked<Output> =
  | { readonly value: Output }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly string[] }[] };

function schemaOf<Input, Output = Input>(validate: Validate<Input, Output>): Schema<Input, Output> {
  return {
    "~standard": {
      version: 1,
      vendor: "fourgate",
      validate: (value) => (isNamed(value) ? validate(value as Input) : NO_ENTITY),
    },
  };
}

const NO_ENTITY = { issues: [{ message: "expected { id, version, … }", path: [] }] };

function isNamed(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("id" in value) || !("version" in value)) return false;
  return typeof value.id === "string" && typeof value.version === "number";
}
