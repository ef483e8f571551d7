import { Avatar } from "../shell/avatar";
import { Card } from "./card";
import { clockTime } from "./clock-time";
import type { Person } from "./desk-model";
import styles from "./inbox.module.css";
import type { ShownNotification } from "./notifications-of";

interface InboxProps {
  readonly notifications: readonly ShownNotification[];
  readonly people: readonly Person[];
  readonly markRead: (id: string) => void;
}

/** One's own notifications, as they arrive; read in one tab is read in all. */
export function Inbox({ notifications, people, markRead }: InboxProps) {
  const unread = notifications.filter(({ isRead }) => !isRead).length;
  return (
    <Card
      title="Your inbox"
      lead="A channel of your own. Whatever comes is shown in every tab where you are signed in."
      aside={unread > 0 && <span className={styles.count}>{unread} new</span>}
    >
      <div role="log" aria-label="Notifications" data-testid="inbox">
        <ol className={styles.list}>
          {notifications.map(({ id, from, text, at, isRead }) => (
            <li key={id} className={styles.item} data-read={isRead}>
              <Avatar userId={from} name={nameOf(from, people)} />
              <div className={styles.body}>
                <p className={styles.meta}>
                  <strong>{nameOf(from, people)}</strong>{" "}
                  <span className="quiet">{at === undefined ? "sample" : clockTime(at)}</span>
                </p>
                <p className={styles.text}>{text}</p>
              </div>
              {!isRead && (
                <button className="small" onClick={() => markRead(id)} aria-label={`Mark “${text}” as read`}>
                  Read
                </button>
              )}
            </li>
          ))}
        </ol>
      </div>
      {notifications.length === 0 && (
        <p className={styles.empty}>Nothing yet. Open a second window as somebody else and write to yourself.</p>
      )}
    </Card>
  );
}

function nameOf(userId: string, people: readonly Person[]): string {
  return people.find((person) => person.userId === userId)?.name ?? userId;
}
