import Link from "next/link";
import { Brand } from "../shell/brand";
import { PageMain } from "../shell/page-main";
import styles from "./not-found.module.css";

/** The page for a path that leads nowhere. */
export default function NotFound() {
  return (
    <PageMain>
      <div className={styles.page}>
        <Brand />
        <h1>No gate here</h1>
        <p className="quiet">This address leads nowhere.</p>
        <Link className="button primary" href="/">
          Back to the first page
        </Link>
      </div>
    </PageMain>
  );
}
