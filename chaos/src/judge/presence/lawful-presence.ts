import type { RealtimeEnvelope, WireMessage } from "@repo/core-realtime";
import type { Attachment, ChaosClientEvents } from "../../client/chaos-client";
import type { PresenceDiary, SeenMember } from "./presence-diary";
import { membersOf, noteChange, seenMember, type WireMember } from "./wire-presence";

/** One who watches who is on a channel, and does what presence asks of a client and no more. */
export class LawfulPresence implements ChaosClientEvents {
  readonly #diary: PresenceDiary;
  readonly #identify: () => void;

  /** `identify`: another connection is another member, and sends it again. */
  constructor(diary: PresenceDiary, identify: () => void) {
    this.#diary = diary;
    this.#identify = identify;
  }

  onAttached({ opening }: Attachment): void {
    const { members } = opening as { readonly members: readonly WireMember[] };
    this.#diary.attached();
    this.#diary.believes(members.map(seenMember));
    this.#identify();
  }

  /** A member that is known is replaced, so that a list which had it already is as good. */
  onMessage(envelope: RealtimeEnvelope): void {
    const members = membersOf(envelope);
    if (members) return this.#synced(members);
    const seen = noteChange(envelope, this.#diary);
    const { picture } = this.#diary;
    const rest = picture.filter(({ connectionId }) => connectionId !== seen.connectionId);
    const isKnown = rest.length < picture.length;
    if (envelope.event === "presence:leave") this.#diary.believes(rest);
    else if (!isKnown) this.#diary.believes([...rest, seen]);
    else this.#diary.believes(picture.map((one) => (one.connectionId === seen.connectionId ? seen : one)));
  }

  #synced(members: readonly SeenMember[]): void {
    this.#diary.attached();
    this.#diary.believes(members);
  }

  onStray(): void {
    this.#diary.stray();
  }

  /** A change of a presence channel to which it was never subscribed. */
  onUnknown(frame: unknown): void {
    const { e = "" } = frame as Partial<WireMessage>; // frames of a server under test, good enough to accuse it
    if (e.startsWith("presence:")) this.#diary.stray();
  }

  onRefused(): void {
    this.#diary.refused();
    this.#diary.believes([]);
  }

  onHole(): void {
    // without a history there are no numbers to jump
  }

  onResubscribed(): void {
    // the list that comes with it is as good
  }

  onResent(): void {
    // is counted for the client as a whole
  }
}
