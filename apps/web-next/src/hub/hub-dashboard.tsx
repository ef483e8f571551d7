import { Card } from "../desk/card";
import styles from "./hub-dashboard.module.css";
import { SIGNAL_KINDS, type Hub } from "./signal";
import { SignalList } from "./signal-list";

interface HubDashboardProps {
  readonly hub: Hub;
  readonly renderedAt: Date;
  readonly tookMs: number;
}

const TITLES = { friction: "Friction", wish: "Wishes", defect: "Defects" } as const;

/** A hub: its counts, its widgets, and the latest signals. No code of it runs in the browser. */
export function HubDashboard({ hub, renderedAt, tookMs }: HubDashboardProps) {
  const most = Math.max(1, ...hub.widgets.map(({ signals }) => signals));
  return (
    <div className={styles.hub} data-testid="hub">
      <div className={styles.intro}>
        <h1>{hub.name}</h1>
        <p className="quiet">{hub.site}</p>
        <p className={styles.rendered} data-testid="rendered">
          <span className={styles.dot} aria-hidden="true" />
          <span>
            Rendered by the server at{" "}
            <time dateTime={renderedAt.toISOString()}>{renderedAt.toISOString().slice(11, 23)}</time> UTC in{" "}
            {tookMs.toFixed(1)} ms, from four queries
          </span>
        </p>
      </div>
      <ul className={styles.counts} aria-label="Signals by kind">
        {SIGNAL_KINDS.map((kind) => (
          <li key={kind} data-kind={kind}>
            <strong data-testid={`count ${kind}`}>{hub.counts[kind]}</strong>
            <span>{TITLES[kind]}</span>
          </li>
        ))}
      </ul>
      <div className={styles.columns}>
        <Card title="Recent signals" lead="The last 20, newest first.">
          <SignalList signals={hub.recent} now={renderedAt} />
        </Card>
        <Card title="Widgets" lead="By the number of their signals.">
          <ul className={styles.widgets} data-testid="widgets">
            {hub.widgets.map(({ id, name, signals }) => (
              <li key={id}>
                <span>{name}</span>
                <span className={styles.number}>{signals}</span>
                <span
                  className={styles.bar}
                  style={{ "--share": signals / most } as React.CSSProperties}
                  aria-hidden="true"
                />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}
