import { Board, type BoardProps } from "@repo/tasks/ui";
import { useRouter } from "next/navigation";
import { RealtimeProvider } from "../orders/order-hooks";
import { pairClient } from "./pair-client";
import styles from "./pair.module.css";

interface PairSideProps extends Required<Pick<BoardProps, "viewer" | "people" | "preloaded">> {
  readonly isInspected: boolean;
  readonly inspect: () => void;
}

/** One person's side: the board with their client, the switch of its connection, and a button that inspects it. */
export function PairSide({ viewer, people, preloaded, isInspected, inspect }: PairSideProps) {
  const { client, plug, outbox } = pairClient(viewer.userId);
  const { refresh } = useRouter();
  const actions = (
    <button
      className="small"
      aria-expanded={isInspected}
      aria-label={`Inspect the connection of ${viewer.name}`}
      data-inspect={viewer.userId}
      onClick={inspect}
    >
      Inspect
    </button>
  );
  return (
    <section className={styles["side"]} aria-label={`${viewer.name}’s side`} data-side={viewer.userId}>
      <RealtimeProvider client={client}>
        <Board
          frame="side"
          viewer={viewer}
          people={people}
          preloaded={preloaded}
          plug={plug}
          outbox={outbox}
          actions={actions}
          onStale={refresh}
        />
      </RealtimeProvider>
    </section>
  );
}
