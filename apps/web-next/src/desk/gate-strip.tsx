import type { Gate } from "./gates";
import styles from "./gate-strip.module.css";

/** The four gates in a row, each with its check and its last outcome. */
export function GateStrip({ gates }: { readonly gates: readonly Gate[] }) {
  return (
    <ol className={styles.strip} aria-label="The four gates">
      {gates.map(({ name, check, outcome, tone }, index) => (
        <li key={name} className={styles.gate} data-tone={tone}>
          <span className={styles.number} aria-hidden="true">
            {index + 1}
          </span>
          <h2>{name}</h2>
          <p className={styles.check}>{check}</p>
          <p className={styles.outcome}>{outcome}</p>
        </li>
      ))}
    </ol>
  );
}
