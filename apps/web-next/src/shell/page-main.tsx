import type { ReactNode } from "react";
import styles from "./page-main.module.css";

interface PageMainProps {
  readonly children: ReactNode;
  /** Takes the width of a large screen. */
  readonly wide?: boolean;
}

/** The middle of every page. */
export function PageMain({ children, wide = false }: PageMainProps) {
  return (
    <main id="main" tabIndex={-1} className={styles.main} data-wide={wide || undefined}>
      {children}
    </main>
  );
}
