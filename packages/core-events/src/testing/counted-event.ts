import type { StandardSchemaV1 } from "@standard-schema/spec";
import { defineEvent, type EventDefinition } from "../event-definition";

/** What the contract's events carry. */
export interface Counted {
  readonly n: number;
}

type CountedEvent = EventDefinition<string, StandardSchemaV1<Counted>>;

/** An event whose schema waits for `gate` before it returns; written by hand, so that the contract brings no schema library. */
export function countedEvent(name: string, gate: (n: number) => Promise<void> = async () => {}): CountedEvent {
  return defineEvent({ name, payload: { "~standard": { version: 1, vendor: "contract", validate } } });

  async function validate(value: unknown): Promise<StandardSchemaV1.Result<Counted>> {
    if (!isCounted(value)) return { issues: [{ path: ["n"], message: "expected a number" }] };
    await gate(value.n);
    return { value: { n: value.n } };
  }
}

function isCounted(value: unknown): value is Counted {
  return typeof value === "object" && value !== null && "n" in value && typeof value.n === "number";
}
