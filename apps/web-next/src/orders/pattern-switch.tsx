import Link from "next/link";
import { useState, useTransition } from "react";
import { enablePatternAction } from "../app/orders/orders.actions";
import { Card } from "../desk/card";
import styles from "./pattern-switch.module.css";

/** For staff: the row of realtime.channels, and its switch. */
export function PatternSwitch({ isEnabled: wasEnabled }: { readonly isEnabled: boolean }) {
  const [isEnabled, setEnabled] = useState(wasEnabled);
  const [why, setWhy] = useState<string>();
  const [isPending, begin] = useTransition();
  const turn = () =>
    begin(async () => {
      const outcome = await enablePatternAction(!isEnabled);
      setWhy(outcome.ok ? undefined : outcome.why);
      if (outcome.ok) setEnabled(!isEnabled);
    });
  return (
    <Card title="The pattern" lead="A row of realtime.channels. Disabled, it closes every open subscription at once.">
      <div className={styles.row}>
        <code>orders:%</code>
        <button role="switch" aria-checked={isEnabled} className={styles.switch} onClick={turn} disabled={isPending}>
          <span className={styles.track} aria-hidden="true" />
          {isEnabled ? "Enabled" : "Disabled"}
        </button>
      </div>
      {why && <p className="shut">{why}</p>}
      <p className={styles.more}>
        <Link href="/orders/webhooks">Its webhooks: deliveries, attempts, dead letters</Link>
      </p>
    </Card>
  );
}
