import type { Metadata } from "next";
import { deskOf } from "../../desk/desk-of";
import { LiveDesk } from "../../desk/live-desk";
import { DEMO_PEOPLE } from "../../server/demo-people";
import { PageHeader } from "../../shell/page-header";
import { PageMain } from "../../shell/page-main";
import { currentViewer } from "../current-viewer";

export const metadata: Metadata = { title: "Desk · Fourgate demo" };

/** Where `apps/live` listens unless it is configured otherwise. */
const LIVE_PAGES = "http://127.0.0.1:3100";

/** The desk: who am I, how is the connection, what arrives, and what is refused. */
export default async function DeskPage() {
  const viewer = await currentViewer();
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <LiveDesk {...deskOf(viewer, DEMO_PEOPLE)} />
        <p className="quiet">
          Pages that a server renders and keeps up to date by itself are <a href={LIVE_PAGES}>a demo of their own</a>:
          start it with <code>pnpm --filter live dev</code>.
        </p>
      </PageMain>
    </>
  );
}
