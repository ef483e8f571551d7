"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./page-header.module.css";

const PAGES = [
  ["/", "Desk"],
  ["/board", "Board"],
  ["/orders", "Orders"],
  ["/hub", "Hub"],
  ["/annotations", "Annotations"],
] as const;

/** The pages of somebody who has signed in. */
export function PageNav() {
  const here = usePathname();
  return (
    <nav className={styles.nav} aria-label="Pages">
      {PAGES.map(([path, title]) => (
        <Link key={path} href={path} aria-current={path === here ? "page" : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
