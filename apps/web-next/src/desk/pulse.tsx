import type { EnvelopeFrame } from "@repo/core-realtime";
import type { AnswerState } from "../live/live-state";
import { Card } from "./card";
import { clockTime } from "./clock-time";
import type { Person } from "./desk-model";
import styles from "./pulse.module.css";

interface PulseProps {
  /** The ping channel's messages, oldest first. */
  readonly heard: readonly EnvelopeFrame[];
  readonly people: readonly Person[];
  readonly answer: AnswerState | undefined;
  readonly canSpeak: boolean;
  readonly ping: () => void;
  readonly talkNonsense: () => void;
}

const SHOWN = 24;

/** The proof of life: the server's heartbeat, everybody's pings, and a button to be one of them. */
export function Pulse({ heard, people, answer, canSpeak, ping, talkNonsense }: PulseProps) {
  const beat = heard.findLast(({ event }) => event === "heartbeat");
  const pinged = heard.findLast(({ event }) => event === "pinged");
  return (
    <Card title="Pulse" lead="Open to everyone: a heartbeat from the server, and every ping that somebody sends.">
      <div className={styles.trace} aria-hidden="true">
        {heard.slice(-SHOWN).map(({ id, event }) => (
          <span key={id} data-event={event} />
        ))}
      </div>
      <p className={styles.last} data-testid="pulse">
        {pinged ? `${nameOf(pinged, people)} pinged, ${clockTime(pinged.at)}` : "Nobody has pinged yet"}
        <span className="quiet">{beat ? `Last heartbeat ${clockTime(beat.at)}` : "Waiting for a heartbeat …"}</span>
      </p>
      <div className={styles.buttons}>
        <button className="primary" disabled={!canSpeak} onClick={ping}>
          Ping
        </button>
        <button disabled={!canSpeak} onClick={talkNonsense}>
          Talk nonsense
        </button>
      </div>
      <p role="status" className={`${styles.refusal} shut`}>
        {answer?.kind === "refused" && (
          <>
            {answer.error.message} <code>{answer.error.code}</code>
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
