import type { EnvelopeFrame } from "@repo/core-realtime";
import type { ReplyState } from "../live/live-state";
import { Card } from "./card";
import { clockTime } from "./clock-time";
import type { Person } from "./desk-model";
import styles from "./pulse.module.css";

interface PulseProps {
  /** The ping channel's messages, oldest first. */
  readonly received: readonly EnvelopeFrame[];
  readonly people: readonly Person[];
  readonly reply: ReplyState | undefined;
  readonly canPublish: boolean;
  readonly ping: () => void;
  readonly sendInvalid: () => void;
}

const SHOWN = 24;

/** The proof of life: the server's heartbeat, everybody's pings, and a button to be one of them. */
export function Pulse({ received, people, reply, canPublish, ping, sendInvalid }: PulseProps) {
  const beat = received.findLast(({ event }) => event === "heartbeat");
  const pinged = received.findLast(({ event }) => event === "pinged");
  return (
    <Card title="Pulse" lead="Open to everyone: a heartbeat from the server, and every ping that somebody sends.">
      <div className={styles.trace} aria-hidden="true">
        {received.slice(-SHOWN).map(({ id, event }) => (
          <span key={id} data-event={event} />
        ))}
      </div>
      <p className={styles.last} data-testid="pulse">
        {pinged ? `${nameOf(pinged, people)} pinged, ${clockTime(pinged.at)}` : "Nobody has pinged yet"}
        <span className="quiet">{beat ? `Last heartbeat ${clockTime(beat.at)}` : "Waiting for a heartbeat …"}</span>
      </p>
      <div className={styles.buttons}>
        <button className="primary" disabled={!canPublish} onClick={ping}>
          Ping
        </button>
        <button disabled={!canPublish} onClick={sendInvalid}>
          Talk nonsense
        </button>
      </div>
      <p role="status" className={`${styles.refusal} shut`}>
        {reply?.kind === "refused" && (
          <>
            {reply.error.message} <code>{reply.error.code}</code>
          </>
        )}
      </p>
    </Card>
  );
}

function nameOf({ sender }: EnvelopeFrame, people: readonly Person[]): string {
  if (sender.type === "system" || sender.id === undefined) return "A visitor";
  return people.find(({ userId }) => userId === sender.id)?.name ?? sender.id;
}
