import { useActionState, useState } from "react";
import { runUpdateAction } from "../app/orders/orders.actions";
import { Card } from "../desk/card";
import { ORDER_STATUSES, type Order } from "./order";
import styles from "./sql-form.module.css";

/** For staff: an UPDATE, and how its transaction ends. */
export function SqlForm({ orders }: { readonly orders: readonly Order[] }) {
  const [outcome, run, isRunning] = useActionState(runUpdateAction, null);
  const [target, setTarget] = useState("mia");
  const [status, setStatus] = useState<string>("shipped");
  const customers = [...new Set(orders.map(({ customer }) => customer))];
  const where = /^\d/.test(target) ? `id = ${target}` : `customer = '${target}'`;
  return (
    <Card title="Run SQL" lead="Your UPDATE, in a transaction of its own.">
      <form action={run} className={styles.form}>
        <div>
          <label htmlFor="target">Rows</label>
          <select id="target" name="target" value={target} onChange={({ target: { value } }) => setTarget(value)}>
            {customers.map((customer) => (
              <option key={customer} value={customer}>
                all of {customer}
              </option>
            ))}
            {orders.map(({ id, item }) => (
              <option key={id} value={id}>
                {id}: {item}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="status">New status</label>
          <select id="status" name="status" value={status} onChange={({ target: { value } }) => setStatus(value)}>
            {ORDER_STATUSES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </div>
        <pre className={styles.sql}>{`begin;\nupdate orders set status = '${status}'\n  where ${where};`}</pre>
        <div className={styles.ends}>
          <button className="primary" name="end" value="commit" disabled={isRunning}>
            commit
          </button>
          <button name="end" value="rollback" disabled={isRunning}>
            rollback
          </button>
        </div>
        <p role="status" data-testid="sql-outcome" className={outcome && !outcome.ok ? "shut" : "quiet"}>
          {outcome && (outcome.ok ? outcomeOf(outcome.result.rows, outcome.result.sql) : outcome.why)}
        </p>
      </form>
    </Card>
  );
}

function outcomeOf(rows: number, sql: string): string {
  const lines = rows === 1 ? "1 row" : `${rows} rows`;
  return sql.endsWith("rollback;") ? `Rolled back: ${lines}, and nobody received anything.` : `Committed: ${lines}.`;
}
