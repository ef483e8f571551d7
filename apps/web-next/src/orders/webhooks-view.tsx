"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { letReceiverAcceptAction, redeliverAction } from "../app/orders/orders.actions";
import { Card } from "../desk/card";
import type { WebhookDelivery } from "../server/orders/order-desk";
import switchStyles from "./pattern-switch.module.css";
import { WebhookRow } from "./webhook-row";
import styles from "./webhooks-view.module.css";

interface WebhooksViewProps {
  readonly deliveries: readonly WebhookDelivery[];
  readonly isAccepting: boolean;
}

const REFRESH_MS = 1_000; // retries come after one second and two

/** Deliveries with their attempts, and dead letters that can be delivered again. */
export function WebhooksView({ deliveries, isAccepting }: WebhooksViewProps) {
  const { refresh } = useRouter();
  const [isPending, begin] = useTransition();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const act = (action: () => Promise<unknown>) =>
    begin(async () => {
      await action();
      refresh();
    });
  const dead = deliveries.filter(({ state }) => state === "dead");

  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1>Webhooks</h1>
        <p className="quiet">
          Each message of <code>orders:%</code> is queued in the transaction that numbers it, and sent signed: at least
          once, with the same id each time. This demo gives a delivery up after three attempts.
        </p>
      </div>
      <Card title="The receiver" lead="A route of this demo. Let it refuse, run an UPDATE, and watch the attempts.">
        <button
          role="switch"
          aria-checked={isAccepting}
          className={switchStyles.switch}
          disabled={isPending}
          onClick={() => act(() => letReceiverAcceptAction(!isAccepting))}
        >
          <span className={switchStyles.track} aria-hidden="true" />
          {isAccepting ? "Replies 204" : "Replies 503"}
        </button>
      </Card>
      <Card title="Deliveries" lead={`The last ${deliveries.length}, newest first; ${dead.length} dead.`}>
        {deliveries.length === 0 && <p className="quiet">None yet: run an UPDATE on the page of the orders.</p>}
        <ul className={styles.list} data-testid="deliveries">
          {deliveries.map((delivery) => (
            <WebhookRow
              key={delivery.id}
              delivery={delivery}
              isPending={isPending}
              onRedeliver={() => act(() => redeliverAction(delivery.id))}
            />
          ))}
        </ul>
      </Card>
    </div>
  );
}
