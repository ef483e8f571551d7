import Link from "next/link";
import styles from "./brand.module.css";

/** The name, and four gates in a row. */
export function Brand() {
  return (
    <Link href="/" className={styles.brand}>
      <svg viewBox="0 0 44 24" width="44" height="24" aria-hidden="true">
        {[4, 15, 26, 37].map((x, gate) => (
          <path key={x} d={`M${x - 3} 22V${8 - gate}a3 3 0 0 1 6 0V22`} style={{ opacity: 0.4 + gate * 0.2 }} />
        ))}
      </svg>
      <span>Fourgate</span>
      <span className={styles.demo}>demo</span>
    </Link>
  );
}
