import type { SealedEnvelope } from "../../wire/sealed-envelope.js";

const OBJECT_BYTES = 40; // a header and a few pointers
const VALUE_BYTES = 9; // eight, and a number may take 25 characters of JSON
const CHARACTER_BYTES = 2; // the most that V8 takes for one

/** About how many bytes of memory a plain JSON value takes: never much less than it does. */
export function weightOf(value: unknown): number {
  if (typeof value === "string") return OBJECT_BYTES + CHARACTER_BYTES * value.length;
  if (typeof value !== "object" || value === null) return VALUE_BYTES;
  const inner = value as Readonly<Record<string, unknown>>; // its keys are its own, whatever they are called
  let bytes = OBJECT_BYTES;
  for (const key of Object.keys(value)) bytes += VALUE_BYTES + CHARACTER_BYTES * key.length + weightOf(inner[key]); // entries would make an array each
  return bytes;
}

const ENVELOPE_BYTES = 200; // with its sender, its position and its id

/** The same of an envelope. Its payload is text, so nothing is walked: this is on the path of every message. */
export function envelopeWeight({ channel, event, json, sender, trace }: SealedEnvelope): number {
  const sent = sender.type === "user" ? (sender.id?.length ?? 0) : 0;
  const characters = channel.length + event.length + (json?.length ?? 0) + sent + (trace?.length ?? 0);
  return ENVELOPE_BYTES + CHARACTER_BYTES * characters;
}
