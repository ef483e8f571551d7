import { preloadChannel } from "@repo/realtime-react/server";
import { taskListChannel } from "@repo/tasks";
import type { Metadata } from "next";
import { Pair } from "../pair/pair";
import { DEMO_PEOPLE } from "../server/demo-people";
import { theApp } from "../server/the-app";
import { DemoIsOff } from "../shell/demo-is-off";
import { PageHeader } from "../shell/page-header";
import { PageMain } from "../shell/page-main";
import styles from "./home.module.css";
import { currentViewer } from "./current-viewer";

export const metadata: Metadata = { title: "Two people, one board · Fourgate demo" };

/** The first page: one board, two people, nobody signs in. Painted with the cards as they are, then kept in step. */
export default async function HomePage() {
  const viewer = await currentViewer();
  const { environment, history, tasks } = theApp();
  const [left, right] = DEMO_PEOPLE;
  const isOn = environment.demoSignIn && left && right;
  return (
    <>
      <PageHeader wide viewer={viewer} />
      <PageMain wide>
        <div className={styles.intro}>
          <h1>Two people, one board</h1>
          <p>Move a card and see it arrive. Cut a connection, go on working, and connect again.</p>
        </div>
        {isOn ? (
          <Pair
            left={left}
            right={right}
            preloaded={await preloadChannel(taskListChannel, { history, load: () => tasks.list() })}
          />
        ) : (
          <DemoIsOff />
        )}
      </PageMain>
    </>
  );
}
