"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./page-header.module.css";

const PAGES = [
  ["/", "Two people"],
  ["/board", "Board"],
  ["/orders", "Orders"],
  ["/hub", "Hub"],
  ["/annotations", "Annotations"],
  ["/desk", "Desk"],
] as const;

/** The pages. Those that need somebody lead a visitor to the sign-in page. */
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
