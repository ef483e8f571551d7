import type { ReactNode } from "react";
import styles from "./page-main.module.css";

/** The middle of every page. */
export function PageMain({ children }: { readonly children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className={styles.main}>
      {children}
    </main>
  );
}
