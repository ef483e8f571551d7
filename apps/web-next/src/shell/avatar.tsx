import styles from "./avatar.module.css";

interface AvatarProps {
  /** Left out for a visitor. */
  readonly userId?: string | undefined;
  readonly name: string;
}

const HUES = [168, 28, 262, 338, 210, 96, 48] as const;

/** A person's initial on a colour of their own; decoration, the name stands beside it. */
export function Avatar({ userId, name }: AvatarProps) {
  if (userId === undefined) return <span className={styles.visitor} aria-hidden="true" />;
  return (
    <span className={styles.avatar} style={{ "--hue": hueOf(userId) } as React.CSSProperties} aria-hidden="true">
      {name.slice(0, 1)}
    </span>
  );
}

function hueOf(userId: string): number {
  const sum = [...userId].reduce((total, character, place) => total + character.charCodeAt(0) * (place + 1), 0);
  return HUES[sum % HUES.length] ?? HUES[0];
}
