import Link from "next/link";
import { pathOf } from "../base-path";
import type { Viewer } from "../desk/desk-model";
import { Avatar } from "./avatar";
import { Brand } from "./brand";
import styles from "./page-header.module.css";
import { PageNav } from "./page-nav";

interface PageHeaderProps {
  readonly viewer: Viewer | undefined;
  /** As wide as the page below it. */
  readonly wide?: boolean;
}

/** The top of every page: where one is, who one is, and the way in or out. */
export function PageHeader({ viewer, wide = false }: PageHeaderProps) {
  return (
    <header className={styles.header} data-wide={wide || undefined}>
      <div className={styles.where}>
        <Brand />
        <PageNav />
      </div>
      <div className={styles.who} data-visitor={!viewer || undefined} data-testid="who">
        <Avatar userId={viewer?.userId} name={viewer?.name ?? "Visitor"} />
        <p className={styles.name}>
          {viewer?.name ?? "Visitor"}
          <span className="quiet">{viewer ? viewer.roles.join(", ") : "anonymous"}</span>
        </p>
        {viewer ? (
          <form method="post" action={pathOf("/api/sign-out")}>
            <button className="small">Sign out</button>
          </form>
        ) : (
          <Link className="button small primary" href="/sign-in">
            Sign in
          </Link>
        )}
      </div>
    </header>
  );
}
