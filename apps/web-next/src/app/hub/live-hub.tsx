"use client";

import type { ReactNode } from "react";
import { RealtimeProvider } from "../../orders/order-hooks";
import { boardClient } from "../board/board-client";

/** The page's client: the board's, so that all pages share one connection. */
export function LiveHub({ viewerId, children }: { readonly viewerId: string; readonly children: ReactNode }) {
  return <RealtimeProvider client={boardClient(viewerId).client}>{children}</RealtimeProvider>;
}
