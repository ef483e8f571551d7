import { isThenable } from "../thenable.js";
import { RealtimeError } from "../wire/realtime-error.js";
import type { RealtimeChannel, RefusalCode, RefusalInput, RefusalOutput } from "./realtime-channel.js";
import { validate } from "./schema.js";

/**
 * Refuses a client message with one of the channel's own codes. The client receives REFUSED with `reason` and `data`.
 * @example if (row.version !== payload.version) refuse(board, "CONFLICT", { row });
 * @throws RealtimeError always; TypeError where `data` does not fit the code's schema.
 */
export function refuse<C extends RealtimeChannel, Code extends RefusalCode<C>>(
  channel: C,
  code: Code,
  data: RefusalInput<C, Code>,
): never {
  const schema = channel.errors?.[code];
  if (!schema) throw new TypeError(`Channel "${channel.name}" declares no error "${code}"; add it to errors.`);
  const validated = validate(schema, data);
  if (isThenable(validated)) throw new TypeError(`errors.${code} of "${channel.name}" must validate synchronously.`);
  if (!validated.fits) throw new TypeError(`refuse: ${code} of "${channel.name}" takes other data: ${validated.why}`);
  throw new RealtimeError("REFUSED", { detail: code, reason: code, data: validated.value });
}

/** A refusal with one of the channel's own codes, as a client receives it. */
export interface ChannelRefusal<C extends RealtimeChannel, Code extends RefusalCode<C>> {
  /** Always `REFUSED`; the app's own code is the reason. */
  readonly code: "REFUSED";
  /** The channel's own code. */
  readonly reason: Code;
  /** What belongs to the code, as its schema reads it. */
  readonly data: RefusalOutput<C, Code>;
}

/**
 * Whether an error is a refusal with this code, which the channel declares in its `errors`; narrows `error.data` to its type. The channel may be `undefined` in a
 * browser, where only its type is imported: `isRefusal<typeof board, "CONFLICT">(error, undefined, "CONFLICT")`.
 */
export function isRefusal<C extends RealtimeChannel, Code extends RefusalCode<C>>(
  error: unknown,
  channel: C | undefined,
  code: Code,
): error is ChannelRefusal<C, Code> {
  if (channel && !Object.hasOwn(channel.errors ?? {}, code)) return false;
  if (typeof error !== "object" || error === null || !("code" in error && "reason" in error)) return false;
  return error.code === "REFUSED" && error.reason === code;
}
