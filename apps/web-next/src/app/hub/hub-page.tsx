import type { PageUser, RefreshingPage } from "@repo/live-query";
import type { ReactNode } from "react";
import { HubDashboard } from "../../hub/hub-dashboard";
import type { BoundApp } from "../../server/bind-all";
import { theApp } from "../../server/the-app";

type HubPage = RefreshingPage<{ readonly hubId: string }, ReactNode, PageUser>;

let made: { readonly app: BoundApp; readonly page: HubPage } | undefined;

/** The part of /hub that refreshes: rendered once for all who have signed in, until a row changes that it has read. */
export function hubPage(): HubPage {
  const app = theApp();
  if (made?.app !== app) made = { app, page: pageOf(app) };
  return made.page;
}

function pageOf({ autoRefresh, hubs }: BoundApp): HubPage {
  return autoRefresh(
    "hub",
    async ({ hubId }) => {
      const begun = performance.now();
      const hub = await hubs.read(hubId);
      return hub && <HubDashboard hub={hub} renderedAt={new Date()} tookMs={performance.now() - begun} />;
    },
    {
      share(_args, user) {
        if (!user) throw new Error("Only somebody who has signed in may see a hub.");
        return "everybody";
      },
    },
  );
}
