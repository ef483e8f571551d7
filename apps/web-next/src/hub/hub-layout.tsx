import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "../desk/card";
import styles from "./hub-layout.module.css";
import type { Widget } from "./signal";
import { SignalForm } from "./signal-form";

interface HubLayoutProps {
  readonly hubId: string;
  readonly widgets: readonly Pick<Widget, "id" | "name">[];
  /** What refreshes. */
  readonly children: ReactNode;
}

const HUBS = [
  ["north", "North dock"],
  ["south", "South dock"],
] as const;

/** What stays while the rest refreshes: which hub it is, and the form. */
export function HubLayout({ hubId, widgets, children }: HubLayoutProps) {
  return (
    <div className={styles.page}>
      <nav className={styles.hubs} aria-label="Hubs">
        {HUBS.map(([id, name]) => (
          <Link key={id} href={`/hub?hub=${id}`} aria-current={id === hubId ? "page" : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      {children}
      <Card
        title="Report something about a widget"
        lead="One INSERT. Everybody who looks at this hub sees it; nobody at the other hub is sent anything."
      >
        <SignalForm key={hubId} widgets={widgets} />
      </Card>
    </div>
  );
}
