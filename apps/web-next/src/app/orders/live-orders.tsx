"use client";

import type { Preloaded } from "@repo/realtime-react";
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
  const { isPatternEnabled: isEnabled } = rest;
  const [pattern, setPattern] = useState({ isEnabled, openings: 0 });
  // An enabled pattern again: subscribe anew, from what the server has read meanwhile. Nothing was published while it was disabled.
  if (pattern.isEnabled !== isEnabled)
    setPattern({ isEnabled, openings: isEnabled ? pattern.openings + 1 : pattern.openings });
  return (
    <RealtimeProvider client={boardClient(viewer.userId).client}>
      <OrdersView key={pattern.openings} isStaff={viewer.roles.includes("staff")} {...rest} />
    </RealtimeProvider>
  );
}
