import { preloadChannel } from "@repo/realtime-react/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { orderChannel } from "../../orders/order.channel";
import { customerOf } from "../../server/orders/order-actions";
import { theApp } from "../../server/the-app";
import { PageHeader } from "../../shell/page-header";
import { PageMain } from "../../shell/page-main";
import { currentViewer } from "../current-viewer";
import { LiveOrders } from "./live-orders";

export const metadata: Metadata = { title: "Orders · Fourgate demo" };

/** Orders, live by SQL alone: a member's own, or everybody's for staff. */
export default async function OrdersPage() {
  const viewer = await currentViewer();
  if (!viewer) redirect("/sign-in");
  const { history, orders } = theApp();
  const customer = customerOf(viewer);
  const preloaded = await preloadChannel(orderChannel.at({ customer }), { history, load: () => orders.list(customer) });
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <LiveOrders
          viewer={viewer}
          customer={customer}
          preloaded={preloaded}
          isPatternEnabled={await orders.isPatternEnabled()}
          script={orders.script}
        />
      </PageMain>
    </>
  );
}
