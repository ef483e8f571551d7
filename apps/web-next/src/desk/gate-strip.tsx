import type { Gate } from "./gates";
import styles from "./gate-strip.module.css";

/** The four gates in a row, each with its question and how it was last answered. */
export function GateStrip({ gates }: { readonly gates: readonly Gate[] }) {
  return (
    <ol className={styles.strip} aria-label="The four gates">
      {gates.map(({ name, question, answer, tone }, index) => (
        <li key={name} className={styles.gate} data-tone={tone}>
          <span className={styles.number} aria-hidden="true">
            {index + 1}
          </span>
          <h3>{name}</h3>
          <p className={styles.question}>{question}</p>
          <p className={styles.answer}>{answer}</p>
        </li>
      ))}
    </ol>
  );
}
