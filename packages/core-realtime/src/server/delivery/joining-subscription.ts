import type { RealtimePosition } from "../../wire/envelope.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { LocalChannel } from "./local-channel.js";

/** A subscription between its join and its reply: what is published meanwhile is held, and sent after the reply. */
export class JoiningSubscription {
  readonly session: RealtimeSession;
  readonly channel: LocalChannel;
  readonly #maxHeldBytes: number;
  #held: SealedEnvelope[] | undefined = [];
  #heldBytes = 0;
  #refusal: RealtimeError | undefined;
  #repliedTo = 0;

  constructor(session: RealtimeSession, channel: LocalChannel, maxHeldBytes: number) {
    this.session = session;
    this.channel = channel;
    this.#maxHeldBytes = maxHeldBytes;
  }

  /** Before the reply. */
  get isHolding(): boolean {
    return this.#held !== undefined;
  }

  /** Once replied: the offset up to which the reply has brought the channel. */
  get repliedTo(): number {
    return this.#repliedTo;
  }

  /** What is held continues a page of the history without a hole, as far as this node has delivered the channel. */
  continues(page: RealtimePosition | undefined): boolean {
    const here = this.channel.position;
    if (!page || !here || here.epoch !== page.epoch || this.#refusal) return true;
    let reached = page.offset;
    for (const { position } of this.#held ?? [])
      if (position?.epoch === page.epoch && position.offset === reached + 1) reached += 1;
    return reached >= here.offset;
  }

  /** A message of the channel, or one for this session alone. */
  take(envelope: SealedEnvelope): void {
    if (!this.#held) return this.#catchUp(envelope);
    this.#heldBytes += envelope.json?.length ?? 0;
    if (this.#heldBytes > this.#maxHeldBytes) {
      this.#refusal ??= new RealtimeError("OVERLOADED", { detail: "too much was published while the channel opened" });
      this.#held = [];
    } else if (!this.#refusal) this.#held.push(envelope);
  }

  /** Throws where more was published than may be held: the subscribe fails, and nothing is skipped. */
  check(): void {
    if (this.#refusal) throw this.#refusal;
  }

  /** The reply has been sent: sends what is newer than `position`, and lets messages through from now on. */
  release(position: RealtimePosition | undefined): void {
    const here = this.channel.position;
    const held = this.#held ?? [];
    const isWhole = this.continues(position);
    this.#held = undefined;
    if (!isWhole || (here && here.epoch !== position?.epoch))
      return this.session.endSubscription(this.channel.name, new RealtimeError("GAP")); // this node could not repair a gap, or the history started a (new) epoch, while the channel opened
    this.#repliedTo = position?.offset ?? 0;
    for (const envelope of held)
      if (
        envelope.position === undefined ||
        (envelope.position.epoch === position?.epoch && envelope.position.offset > this.#repliedTo)
      )
        this.channel.deliverTo(this.session, envelope);
    const isBehind = position && here && here.offset < position.offset;
    if (!isBehind) this.channel.goLive(this.session); // else the reply was newer than what this node has delivered
  }

  #catchUp(envelope: SealedEnvelope): void {
    const offset = envelope.position?.offset;
    if (offset === undefined || offset > this.#repliedTo) this.channel.deliverTo(this.session, envelope);
    if (offset !== undefined && offset >= this.#repliedTo) this.channel.goLive(this.session);
  }
}
