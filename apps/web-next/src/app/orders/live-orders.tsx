"use client";

import type { Preloaded } from "@repo/realtime-react";
import { useCallback, useState } from "react";
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
  const [openings, setOpenings] = useState(0);
  const reopen = useCallback(() => setOpenings((before) => before + 1), []);
  return (
    <RealtimeProvider client={boardClient(viewer.userId).client}>
      <OrdersView
        key={openings}
        openings={openings}
        onReopen={reopen}
        isStaff={viewer.roles.includes("staff")}
        {...rest}
      />
    </RealtimeProvider>
  );
}
