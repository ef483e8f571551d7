import { deskOf } from "../desk/desk-of";
import { LiveDesk } from "../desk/live-desk";
import { DEMO_PEOPLE } from "../server/demo-people";
import { PageHeader } from "../shell/page-header";
import { PageMain } from "../shell/page-main";
import { currentViewer } from "./current-viewer";

/** The desk: who am I, how is the connection, what arrives, and what is refused. */
export default async function HomePage() {
  const viewer = await currentViewer();
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <LiveDesk {...deskOf(viewer, DEMO_PEOPLE)} />
      </PageMain>
    </>
  );
}
