import Link from "next/link";
import type { CountedWidget } from "./annotation-database";
import styles from "./widget-list.module.css";

interface WidgetListProps {
  readonly widgets: readonly CountedWidget[];
  readonly mine: number | undefined;
  /** Which one is shown; undefined: what one has written oneself. */
  readonly widgetId: number | undefined;
}

/** The widgets that one sees, by hub, with live counts. */
export function WidgetList({ widgets, mine, widgetId }: WidgetListProps) {
  const hubs = [...new Set(widgets.map(({ hub }) => hub))];
  return (
    <nav className={styles.list} aria-label="Widgets">
      {hubs.map((hub) => (
        <section key={hub} aria-label={hub}>
          <h3>{hub}</h3>
          <ul>
            {widgets
              .filter((widget) => widget.hub === hub)
              .map(({ id, name, annotations, policy_scope: scope }) => (
                <li key={id}>
                  <Link
                    href={`/annotations?widget=${id}`}
                    aria-current={id === widgetId ? "page" : undefined}
                    data-testid={`widget ${id}`}
                  >
                    <span>
                      {name} {scope === "public" && <span className={styles.scope}>public</span>}
                    </span>
                    <span className={styles.count}>
                      {annotations}
                      <span className="visually-hidden"> annotations</span>
                    </span>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section aria-label="Yours">
        <h3>Yours</h3>
        <ul>
          <li>
            <Link href="/annotations?widget=mine" aria-current={widgetId === undefined ? "page" : undefined}>
              <span>All that you have written</span>
              <span className={styles.count} data-testid="count mine">
                {mine ?? "…"}
              </span>
            </Link>
          </li>
        </ul>
      </section>
    </nav>
  );
}
