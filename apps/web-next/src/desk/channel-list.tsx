import type { ChannelState } from "../live/live-state";
import { Card } from "./card";
import styles from "./channel-list.module.css";
import type { ChannelRow } from "./desk-model";

interface ChannelListProps {
  readonly rows: readonly ChannelRow[];
  readonly channels: Readonly<Record<string, ChannelState>>;
  readonly isOpen: boolean;
  readonly join: (name: string) => void;
  readonly leave: (name: string) => void;
}

/** Every channel of the demo, who may subscribe, and gate 2's decision for this visitor. */
export function ChannelList({ rows, channels, isOpen, join, leave }: ChannelListProps) {
  return (
    <Card title="Channels" lead="Ask for any of them. Gate 2 decides from the channel's scope and who you are.">
      <ul className={styles.list}>
        {rows.map(({ name, scope }) => {
          const state = channels[name];
          const isJoined = state?.kind === "joined";
          return (
            <li key={name} className={styles.row} data-state={state?.kind ?? "apart"} data-testid={`channel ${name}`}>
              <div>
                <code className={styles.name}>{name}</code>
                <p className={styles.scope}>for {scope}</p>
              </div>
              <button
                className="small"
                disabled={!isOpen}
                aria-label={`${isJoined ? "Leave" : "Join"} ${name}`}
                onClick={() => (isJoined ? leave(name) : join(name))}
              >
                {isJoined ? "Leave" : "Join"}
              </button>
              <p className={styles.state} role="status">
                {state && sayingOf(state)}
              </p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function sayingOf(state: ChannelState) {
  switch (state.kind) {
    case "joining":
      return "Asking …";
    case "joined":
      return "You are in.";
    case "refused":
    case "left":
      return (
        <>
          {state.error.message} <code>{state.error.code}</code>
        </>
      );
  }
}
