import { Avatar } from "../../shell/avatar";
import styles from "./sign-in.module.css";

interface PersonButtonProps {
  /** Left out for the anonymous visitor. */
  readonly userId?: string;
  readonly name: string;
  readonly role: string;
  readonly deed: string;
}

/** One demo person to choose. */
export function PersonButton({ userId, name, role, deed }: PersonButtonProps) {
  return (
    <button name="person" value={userId ?? "anonymous"} className={styles.person}>
      <Avatar userId={userId} name={name} />
      <span>
        <strong>{name}</strong> <span className="quiet">{role}</span>
        <span className={styles.deed}>{deed}</span>
      </span>
    </button>
  );
}
