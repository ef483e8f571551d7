import type { Metadata } from "next";
import { AutoRefresh } from "@repo/realtime-react/auto-refresh";
import { notFound, redirect } from "next/navigation";
import { HubLayout } from "../../hub/hub-layout";
import { theApp } from "../../server/the-app";
import { PageHeader } from "../../shell/page-header";
import { PageMain } from "../../shell/page-main";
import { currentViewer } from "../current-viewer";
import { refreshHub } from "./hub.actions";
import { hubPage } from "./hub-page";
import { LiveHub } from "./live-hub";

export const metadata: Metadata = { title: "Hub · Fourgate demo" };

interface HubPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** A hub as its operators see it: rendered on the server, again whenever a row changes that it has read. */
export default async function HubPage({ searchParams }: HubPageProps) {
  const viewer = await currentViewer();
  if (!viewer) redirect("/sign-in");
  const { hub: asked } = await searchParams;
  const hubId = typeof asked === "string" ? asked : "north";
  const widgets = await theApp().hubs.widgetNames(hubId); // the rest is read by what refreshes
  if (!widgets) notFound();
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <LiveHub viewerId={viewer.userId}>
          <HubLayout hubId={hubId} widgets={widgets}>
            <AutoRefresh page={await hubPage().render({ hubId }, viewer)} refresh={refreshHub.bind(null, hubId)} />
          </HubLayout>
        </LiveHub>
      </PageMain>
    </>
  );
}
