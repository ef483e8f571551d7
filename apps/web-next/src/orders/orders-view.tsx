"use client";

import type { Preloaded } from "@repo/realtime-react";
import { useEffect, useRef, useState } from "react";
import { Card } from "../desk/card";
import { ArrivalList, type Arrival } from "./arrival-list";
import { OrderTable } from "./order-table";
import { useChannel, useConnection, useEvent } from "./order-hooks";
import { EVERYBODY, type Order } from "./order";
import styles from "./orders-view.module.css";
import { OrdersStatus } from "./orders-status";
import { PatternSwitch } from "./pattern-switch";
import { SqlForm } from "./sql-form";
import { withOrder } from "./with-order";

interface OrdersViewProps {
  readonly isStaff: boolean;
  readonly customer: string;
  readonly preloaded: Preloaded<readonly Order[]>;
  readonly isPatternEnabled: boolean;
  readonly script: string;
  /** The channel is open again after it was closed. */
  readonly onReopen: () => void;
}

const KEPT_ARRIVALS = 6;

/** One table of the database, as it changes. */
export function OrdersView({ isStaff, customer, preloaded, isPatternEnabled, script, onReopen }: OrdersViewProps) {
  const { state } = useConnection();
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  const channel = useChannel(
    "orders:{customer}",
    { customer },
    { preloaded, reduce: (orders: readonly Order[], { payload }) => withOrder(orders, payload) },
  );
  const note = (event: string) => (order: Order) =>
    setArrivals((before) => [{ event, order, at: Date.now() }, ...before].slice(0, KEPT_ARRIVALS));
  useEvent("orders:{customer}", { customer }, { insert: note("insert"), update: note("update") });
  const { data: orders = [], status, error, position, isStale } = channel;
  const isLive = state.status === "connected" && status === "subscribed" && !isStale;
  const wasClosed = useRef(false);
  useEffect(() => {
    if (error) wasClosed.current = true;
    if (!isLive || !wasClosed.current) return;
    wasClosed.current = false;
    onReopen(); // while the pattern was disabled nothing was published: the rows are read again
  }, [error, isLive, onReopen]);

  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1>{customer === EVERYBODY ? "All orders" : "Your orders"}</h1>
        <p className="quiet">
          One table, two policies, one trigger. Whoever runs an <code>UPDATE</code>, here or in psql, changes this page
          when the transaction commits.
        </p>
        <OrdersStatus channel={`orders:${customer}`} isLive={isLive} error={error} position={position} />
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          <Card title="demo.orders" lead={isStaff ? "The rows of all customers." : "Your own rows."}>
            <OrderTable orders={orders} isDimmed={!isLive} showsCustomer={isStaff} />
          </Card>
          <ArrivalList arrivals={arrivals} />
        </div>
        <div className={styles.side}>
          {isStaff && <SqlForm orders={orders} />}
          {isStaff && <PatternSwitch key={String(isPatternEnabled)} isEnabled={isPatternEnabled} />}
          <details className={styles.script} open={!isStaff}>
            <summary>All the SQL behind this page</summary>
            <pre tabIndex={0}>{script}</pre>
          </details>
        </div>
      </div>
    </div>
  );
}
