import Link from "next/link";
import { Card } from "./card";
import styles from "./welcome.module.css";

/** What a visitor sees in place of an inbox. */
export function Welcome() {
  return (
    <Card title="You are a visitor" lead="Visitors receive the pulse and may ping. Everything else has an owner.">
      <ol className={styles.steps}>
        <li>
          <Link href="/sign-in">Sign in</Link> as one of the demo people, no password.
        </li>
        <li>Open a second window (a private one, or the other address the server printed) as the other person.</li>
        <li>Write to each other. Then ask for a channel that is not yours and read why you may not have it.</li>
      </ol>
    </Card>
  );
}
