import { useActionState } from "react";
import { sendNotificationAction } from "../app/send-notification.action";
import { Card } from "./card";
import styles from "./composer.module.css";
import type { Person } from "./desk-model";

interface ComposerProps {
  readonly people: readonly Person[];
  readonly viewerId: string;
}

/** Writes a notification. The way it takes: server action → use case → event bus → bridge → channel → inbox. */
export function Composer({ people, viewerId }: ComposerProps) {
  const [outcome, send, isSending] = useActionState(sendNotificationAction, null);
  const others = people.filter(({ userId }) => userId !== viewerId);
  const self = people.filter(({ userId }) => userId === viewerId);
  return (
    <Card title="Send a notification" lead="It leaves as an event; the bridge carries it to the receiver's channel.">
      <form action={send} className={styles.form}>
        <div>
          <label htmlFor="to">To</label>
          <select id="to" name="to">
            {[...others, ...self].map(({ userId, name }) => (
              <option key={userId} value={userId}>
                {userId === viewerId ? `${name} (you)` : name}
              </option>
            ))}
          </select>
        </div>
        <div className={styles.text}>
          <label htmlFor="text">Message</label>
          <input id="text" name="text" maxLength={280} required autoComplete="off" placeholder="The parcel is here" />
        </div>
        <button className="primary" disabled={isSending}>
          Send
        </button>
      </form>
      <p role="status" className={outcome?.sent === false ? "shut" : "open"}>
        {outcome && (outcome.sent ? "Sent." : outcome.why)}
      </p>
    </Card>
  );
}
