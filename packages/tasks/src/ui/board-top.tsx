import type { ReactNode } from "react";
import type { Task } from "../task.js";
import styles from "./board-top.module.css";
import { Face } from "./face.js";
import type { Looker } from "./looker.js";
import { PeopleBar } from "./people-bar.js";
import { PlugButton } from "./plug-button.js";
import { PlugSwitch } from "./plug-switch.js";
import type { Plug } from "./plug.js";
import { STATE_WORDS, StatusLine, type BoardStatus } from "./status-line.js";
import { hueOf, type BoardViewer } from "./viewer.js";

interface BoardTopProps {
  readonly viewer: BoardViewer;
  readonly status: BoardStatus;
  readonly plug: Plug | undefined;
}

interface PageTopProps extends BoardTopProps {
  readonly people: readonly Looker[];
  readonly tasks: readonly Task[];
}

/** The top of a page's only board: its heading, who is there, and how it reaches the server. */
export function PageTop({ viewer, status, plug, people, tasks }: PageTopProps) {
  return (
    <>
      <div className={styles["page"]}>
        <div className={styles["intro"]}>
          <h1>The board</h1>
          <p className="quiet">Open it in two windows, as two people. What one does, the other sees.</p>
        </div>
        <PeopleBar isLive={status.state === "live"} people={people} tasks={tasks} viewerId={viewer.userId} />
        {plug && <PlugButton plug={plug} />}
      </div>
      <StatusLine {...status} />
    </>
  );
}

interface SideTopProps extends BoardTopProps {
  readonly actions: ReactNode;
}

/** The top of one side of a page: whose side it is, how it stands, and the switch of its connection. */
export function SideTop({ viewer, status, plug, actions }: SideTopProps) {
  const { state, transport, waiting } = status;
  return (
    <header className={styles["side"]}>
      <Face name={viewer.name} hue={hueOf(viewer.userId)} />
      <div className={styles["who"]}>
        <h2>
          {viewer.name} <span className={styles["role"]}>{viewer.roles.at(-1)}</span>
        </h2>
        <p className={styles["state"]} data-state={state} data-testid="status-line">
          <span role="status">
            <span className={styles["dot"]} aria-hidden="true" />
            {STATE_WORDS[state]}
          </span>
          {state === "live" && <span className={styles["detail"]}>{transport}</span>}
          <span className={styles["detail"]} hidden={waiting === 0}>
            <span data-testid="waiting">{waiting}</span> waiting
          </span>
        </p>
      </div>
      {actions}
      {plug && <PlugSwitch plug={plug} name={viewer.name} />}
    </header>
  );
}
