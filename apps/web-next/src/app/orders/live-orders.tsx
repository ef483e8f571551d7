"use client";

import type { Preloaded } from "@repo/realtime-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RealtimeProvider } from "../../orders/order-hooks";
import type { Order } from "../../orders/order";
import { OrdersView } from "../../orders/orders-view";
import type { DemoPerson } from "../../server/demo-people";
import { boardClient } from "../board/board-client";

export interface LiveOrdersProps {
  readonly viewer: DemoPerson;
  readonly customer: string;
  readonly preloaded: Preloaded<readonly Order[]>;
  readonly isPatternEnabled: boolean;
  readonly script: string;
}

/** The orders with a client: the board's, so that both pages share one connection. */
export function LiveOrders({ viewer, ...rest }: LiveOrdersProps) {
  const { refresh } = useRouter();
  const [missed, setMissed] = useState<typeof rest.preloaded>(); // what is shown, where rows may have changed that nobody published
  const [readings, setReadings] = useState(0);
  if (missed && missed !== rest.preloaded) {
    setMissed(undefined);
    setReadings(readings + 1);
  }
  const reopen = () => {
    setMissed(rest.preloaded);
    refresh();
  };
  return (
    <RealtimeProvider client={boardClient(viewer.userId).client}>
      <OrdersView key={readings} onReopen={reopen} isStaff={viewer.roles.includes("staff")} {...rest} />
    </RealtimeProvider>
  );
}
