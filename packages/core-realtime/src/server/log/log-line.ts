import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { RealtimeObservation } from "../../seams/observer.seam.js";
import { firstFrameOf, printable } from "./printable.js";

/** One line of the log: what happened, and what to do. */
export interface LogLine {
  /** The kind of mistake. */
  readonly kind: "failure" | "origin" | "channel" | "scope" | "inbound" | "opening" | "instance";
  /** The place: two lines of one kind and place have the same meaning. */
  readonly place: string;
  readonly sentence: string;
  /** What was thrown, where something was. */
  readonly cause?: unknown;
}

/** The look-up of channels, so that a line can name a template in place of a name with its values. */
export type KnownChannels = Pick<IRealtimeHandlerRegistry, "resolve" | "listChannels">;

type Failure = Extract<RealtimeObservation, { readonly kind: "failed" }>;
type Refusal = Extract<RealtimeObservation, { readonly kind: "refused" }>;

const REFUSE = `To refuse on purpose, throw a RealtimeError with a code, such as new RealtimeError("UNAUTHORIZED").`;
const REPAIRS: Readonly<Record<string, string>> = {
  handler: `The client received HANDLER_FAILED. To refuse on purpose, declare a code in the channel's "errors" and call refuse(channel, "CODE", data).`,
  "handler's": `Its data are no JSON, so that the client received INTERNAL_ERROR.`,
  authenticator: `The connection was closed with INTERNAL_ERROR. Return null for a visitor who is not signed in; throw new RealtimeError("UNAUTHENTICATED") for credentials that are not valid.`,
  opening: `The subscribe was refused with INTERNAL_ERROR. ${REFUSE}`,
  guard: `The request was refused with INTERNAL_ERROR. ${REFUSE}`,
};

/** What failed. */
export function failureLine({ where, channel, cause }: Failure, channels: KnownChannels): LogLine {
  const template =
    channel === undefined ? undefined : printable(channels.resolve(channel)?.address.channel.name ?? channel);
  const repair = REPAIRS[where.split(" ", 1)[0] ?? ""];
  const sentence = `${where} failed${template === undefined ? "" : ` on ${template}`}.${repair === undefined ? "" : ` ${repair}`}`;
  return { kind: "failure", place: `${where}\n${template}\n${firstFrameOf(cause)}`, sentence, cause };
}

/** A page of an origin that is not allowed; undefined for every other refusal. */
export function originLine({ error }: Refusal): LogLine | undefined {
  if (error.code !== "ORIGIN_REFUSED") return undefined;
  if (error.detail === undefined)
    return { kind: "origin", place: "", sentence: "Refused a request of a foreign page that shows no Origin." };
  const origin = printable(error.detail);
  const repair =
    error.detail === "null"
      ? "A sandboxed frame or a local file has this origin; serve the page over HTTP."
      : `Allow it with createRealtime({ origins: [${origin}] }). That list replaces the default: add the origin of your own pages to it.`;
  const sentence = `Refused origin ${origin.slice(1, -1)}. ${repair}`;
  return { kind: "origin", place: origin, sentence };
}
