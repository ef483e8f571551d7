import { preloadChannel } from "@repo/realtime-react/server";
import { taskListChannel } from "@repo/tasks";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DEMO_PEOPLE } from "../../server/demo-people";
import { theApp } from "../../server/the-app";
import { PageHeader } from "../../shell/page-header";
import { PageMain } from "../../shell/page-main";
import { currentViewer } from "../current-viewer";
import { LiveBoard } from "./live-board";

export const metadata: Metadata = { title: "Board · Fourgate demo" };

/** The board, for people who have signed in: painted with the cards as they are, then kept in step. */
export default async function BoardPage() {
  const viewer = await currentViewer();
  if (!viewer) redirect("/sign-in");
  const { history, tasks } = theApp();
  const preloaded = await preloadChannel(taskListChannel, { history, load: () => tasks.list() });
  const people = DEMO_PEOPLE.map(({ userId, name }) => ({ userId, name }));
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <LiveBoard viewer={viewer} people={people} preloaded={preloaded} />
      </PageMain>
    </>
  );
}
