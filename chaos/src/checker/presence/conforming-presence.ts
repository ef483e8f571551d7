import type { RealtimeEnvelope, WireMessage } from "@repo/core-realtime";
import type { Attachment, ChaosClientEvents } from "../../client/chaos-client";
import type { PresenceLog, SeenMember } from "./presence-log";
import { membersOf, noteChange, seenMember, type WireMember } from "./wire-presence";

/** A client that watches the members of a channel, and does what presence requires of a client and no more. */
export class ConformingPresence implements ChaosClientEvents {
  readonly #eventLog: PresenceLog;
  readonly #identify: () => void;

  /** `identify` sends the tab's name: another connection is another member, and sends it again. */
  constructor(eventLog: PresenceLog, identify: () => void) {
    this.#eventLog = eventLog;
    this.#identify = identify;
  }

  onAttached({ opening }: Attachment): void {
    const { members } = opening as { readonly members: readonly WireMember[] };
    this.#eventLog.attached();
    this.#eventLog.listed(members.map(seenMember));
    this.#identify();
  }

  /** A member that is listed already is replaced, so that a join that the list contained already changes nothing. */
  onMessage(envelope: RealtimeEnvelope): void {
    const members = membersOf(envelope);
    if (members) return this.#synced(members);
    const seen = noteChange(envelope, this.#eventLog);
    const { list } = this.#eventLog;
    const rest = list.filter(({ connectionId }) => connectionId !== seen.connectionId);
    const isKnown = rest.length < list.length;
    if (envelope.event === "presence:leave") this.#eventLog.listed(rest);
    else if (!isKnown) this.#eventLog.listed([...rest, seen]);
    else this.#eventLog.listed(list.map((one) => (one.connectionId === seen.connectionId ? seen : one)));
  }

  #synced(members: readonly SeenMember[]): void {
    this.#eventLog.attached();
    this.#eventLog.listed(members);
  }

  onStray(): void {
    this.#eventLog.stray();
  }

  /** A change of a presence channel to which it was never subscribed. */
  onUnknown(frame: unknown): void {
    const { e = "" } = frame as Partial<WireMessage>; // the server under test sends it: enough is read to report it
    if (e.startsWith("presence:")) this.#eventLog.stray();
  }

  onRefused(): void {
    this.#eventLog.refused();
    this.#eventLog.listed([]);
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
