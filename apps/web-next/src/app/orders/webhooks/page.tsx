import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { WebhooksView } from "../../../orders/webhooks-view";
import { theApp } from "../../../server/the-app";
import { PageHeader } from "../../../shell/page-header";
import { PageMain } from "../../../shell/page-main";
import { currentViewer } from "../../current-viewer";

export const metadata: Metadata = { title: "Webhooks · Fourgate demo" };

/** For staff: what the orders' pattern has sent to its webhook, and what became of it. */
export default async function WebhooksPage() {
  const viewer = await currentViewer();
  if (!viewer) redirect("/sign-in");
  const { webhooks } = theApp();
  const isStaff = viewer.roles.includes("staff");
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <p>
          <Link href="/orders">← Orders</Link>
        </p>
        {isStaff ? (
          <WebhooksView deliveries={await webhooks.deliveries()} isAccepting={webhooks.isAccepting} />
        ) : (
          <p>Webhooks are for staff. Sign in as Sam.</p>
        )}
      </PageMain>
    </>
  );
}
