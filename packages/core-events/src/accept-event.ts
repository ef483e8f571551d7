import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { EventDefinition, EventInput } from "./event-definition";
import type { EventOccurrence } from "./event-occurrence";

/** What the bus adds to a payload; the parts of the outside world that a test replaces. */
export interface OccurrenceStamp {
  /** Unique for each publish. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Checks a payload against its event and stamps it; rejects with a TypeError that names the event and every issue. */
export async function acceptEvent<Event extends EventDefinition>(
  event: Event,
  payload: EventInput<Event>,
  { id, at }: OccurrenceStamp,
): Promise<EventOccurrence<Event>> {
  const result = await event.payload["~standard"].validate(payload);
  if (result.issues) {
    throw new TypeError(
      `Event "${event.name}" was published with a payload that does not fit: ${list(result.issues)}`,
      {
        cause: result.issues,
      },
    );
  }
  return Object.freeze({ name: event.name, id, at, payload: result.value });
}

function list(issues: readonly StandardSchemaV1.Issue[]): string {
  return issues
    .map(({ path = [], message }) => [path.map(segment).join("."), message].filter(Boolean).join(": "))
    .join("; ");
}

function segment(part: PropertyKey | StandardSchemaV1.PathSegment): string {
  return String(typeof part === "object" ? part.key : part);
}
