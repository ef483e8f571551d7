import { Refusal } from "../refusal.js";

/** What a new channel carries, besides one event from the server. */
export interface ChannelShape {
  /** The events that the server sends; none named: one without a name. */
  readonly events: readonly string[];
  /** The events that clients may send; any of them makes a handler. */
  readonly inbound: readonly string[];
  /** Whether the handler returns a reply of a declared shape. */
  readonly reply: boolean;
  /** Whether a new subscriber receives an opening. */
  readonly opening: boolean;
  /** Whether messages are kept for recovery. */
  readonly history: boolean;
  /** Whether it is known who is on the channel. */
  readonly presence: boolean;
}

/** One event from the server, and nothing else. */
export const PLAIN: ChannelShape = {
  events: [],
  inbound: [],
  reply: false,
  opening: false,
  history: false,
  presence: false,
};

const EVENT = /^[A-Za-z][A-Za-z0-9]*([._:-][A-Za-z0-9]+)*$/;
const MAX_LENGTH = 40; // characters, as of every other name

/** Reads `tally,closed`; nothing said is no event. */
export function parseEvents(text: string | undefined, flag: string): readonly string[] {
  const events = text === undefined ? [] : text.split(",").map((event) => event.trim());
  for (const event of events)
    if (!EVENT.test(event) || event.length > MAX_LENGTH)
      throw new Refusal(
        `${JSON.stringify(event)} names no event: write --${flag} with names such as tally,closed, at most ${MAX_LENGTH} characters each.`,
      );
  const twice = events.find((event, index) => events.indexOf(event) !== index);
  if (twice !== undefined) throw new Refusal(`--${flag} names the event "${twice}" twice: name it once.`);
  return events;
}

/** Refuses what cannot work together. */
export function checkShape({ inbound, reply }: ChannelShape): void {
  if (reply && inbound.length === 0)
    throw new Refusal("A reply is what the handler returns to a client that has sent: add --inbound with its events.");
}
