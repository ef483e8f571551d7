import type { staffNotificationsChannel } from "@repo/notifications";
import type { EnvelopeFrame, OutboundOutput } from "@repo/core-realtime";
import { Card } from "./card";
import { clockTime } from "./clock-time";
import type { Person } from "./desk-model";
import styles from "./staff-log.module.css";

interface StaffLogProps {
  readonly received: readonly EnvelopeFrame[];
  readonly people: readonly Person[];
}

const SHOWN = 6;

/** For staff: that something was sent, and between which users. */
export function StaffLog({ received, people }: StaffLogProps) {
  return (
    <Card title="Staff log" lead="Who wrote to whom; never what. Only the role “staff” gets this channel.">
      <div role="log" aria-label="Staff log" data-testid="staff log">
        <ol className={styles.list}>
          {received
            .slice(-SHOWN)
            .reverse()
            .map(({ id, at, payload }) => {
              const { from, to } = payload as OutboundOutput<typeof staffNotificationsChannel, "message">; // gate 4 has checked it
              return (
                <li key={id}>
                  {nameOf(from, people)} → {nameOf(to, people)} <span className="quiet">{clockTime(at)}</span>
                </li>
              );
            })}
        </ol>
      </div>
      {received.length === 0 && <p className="quiet">Nothing was sent since you came.</p>}
    </Card>
  );
}

function nameOf(userId: string, people: readonly Person[]): string {
  return people.find((person) => person.userId === userId)?.name ?? userId;
}
