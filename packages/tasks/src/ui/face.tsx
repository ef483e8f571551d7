import type { CSSProperties } from "react";
import styles from "./face.module.css";

interface FaceProps {
  readonly name: string;
  /** In degrees. */
  readonly hue: number;
  /** The title for pointers and screen readers; default: the name. */
  readonly label?: string;
  readonly small?: boolean;
}

/** A person's initial on a colour of their own. */
export function Face({ name, hue, label = name, small = false }: FaceProps) {
  return (
    <span
      className={styles["face"]}
      data-small={small}
      style={{ "--hue": hue } as CSSProperties}
      role="img"
      aria-label={label}
      title={label}
    >
      {name.slice(0, 1)}
    </span>
  );
}
